-- The life of a consultation: threads of comments, trial runs, a working copy of a questionnaire that is open.

ALTER TABLE comment
    ADD COLUMN parent uuid REFERENCES comment (id),
    ADD COLUMN resolved_by uuid REFERENCES person (id),
    ADD COLUMN resolved_at timestamptz;

-- The secret link of a trial run, and what colleagues answered by it. Both vanish when the consultation opens.
CREATE TABLE trial (
    consultation uuid PRIMARY KEY REFERENCES consultation (id),
    token text NOT NULL CONSTRAINT trial_token UNIQUE,
    started_by uuid NOT NULL REFERENCES person (id),
    started_at timestamptz NOT NULL
);

CREATE TABLE trial_answer (
    consultation uuid NOT NULL REFERENCES trial (consultation) ON DELETE CASCADE,
    key_hash bytea NOT NULL,
    version integer NOT NULL,
    answers jsonb NOT NULL,
    PRIMARY KEY (consultation, key_hash)
);

-- One change at a time of what is open.
CREATE UNIQUE INDEX consultation_revision ON consultation ((details ->> 'revision_of'))
    WHERE details ->> 'revision_of' <> '' AND state IN ('draft', 'in_review');
