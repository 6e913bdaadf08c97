-- How people learn of a consultation: its short address, channels that officials named, and how many came by each.

CREATE TABLE short_link (
    consultation uuid PRIMARY KEY REFERENCES consultation (id),
    code text NOT NULL CONSTRAINT short_link_code UNIQUE
);

CREATE TABLE link_name (
    consultation uuid NOT NULL REFERENCES consultation (id),
    via text NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (consultation, via)
);

-- Counts alone: no answer, no person, no hour.
CREATE TABLE link_count (
    consultation uuid NOT NULL,
    via text NOT NULL,
    day date NOT NULL,
    opened integer NOT NULL DEFAULT 0,
    answered integer NOT NULL DEFAULT 0,
    PRIMARY KEY (consultation, via, day)
);
