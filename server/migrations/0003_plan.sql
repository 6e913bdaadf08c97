-- The draft plan as clauses, by version. `before` is what the last change made of `content`, for undo; `revision` counts the changes.
CREATE TABLE plan_version (
    consultation uuid NOT NULL REFERENCES consultation (id),
    number integer NOT NULL,
    content json NOT NULL,
    before json,
    revision integer NOT NULL DEFAULT 1,
    document uuid REFERENCES document (id) ON DELETE SET NULL,
    source text NOT NULL,
    made_at timestamptz NOT NULL,
    accepted_at timestamptz,
    PRIMARY KEY (consultation, number)
);
