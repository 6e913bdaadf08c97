-- Several officials at one draft: how each version came about, for undo, and who looks at which question now.

CREATE TABLE edit (
    consultation uuid NOT NULL REFERENCES consultation (id),
    version integer NOT NULL,
    person uuid NOT NULL REFERENCES person (id),
    part text NOT NULL,
    act text NOT NULL CONSTRAINT edit_act CHECK (act IN ('edit', 'undo', 'redo')),
    of integer,
    at timestamptz NOT NULL,
    PRIMARY KEY (consultation, version)
);

CREATE TABLE presence (
    consultation uuid NOT NULL REFERENCES consultation (id),
    person uuid NOT NULL REFERENCES person (id),
    part text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (consultation, person)
);
