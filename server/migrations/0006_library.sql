-- What a unit keeps to begin with again: whole questionnaires with their words, and blocks of questions.

CREATE TABLE library_item (
    id uuid PRIMARY KEY,
    unit text NOT NULL REFERENCES unit (code),
    kind text NOT NULL CHECK (kind IN ('questionnaire', 'block')),
    name text NOT NULL,
    questions integer NOT NULL,
    minutes integer NOT NULL,
    content json NOT NULL,
    person uuid NOT NULL REFERENCES person (id),
    made_at timestamptz NOT NULL,
    removed_at timestamptz
);
CREATE INDEX library_item_unit ON library_item (unit, made_at);
