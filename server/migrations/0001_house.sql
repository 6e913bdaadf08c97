-- Units, people, consultations and their answers. Every table that grows carries its consultation in its key.

CREATE TABLE unit (
    code text PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL,
    parent text REFERENCES unit (code),
    formed_from text NOT NULL DEFAULT '',
    search text NOT NULL
);
CREATE INDEX unit_parent ON unit (parent);

CREATE TABLE village (
    id uuid PRIMARY KEY,
    unit text NOT NULL REFERENCES unit (code),
    name text NOT NULL,
    kind text NOT NULL,
    households integer CHECK (households >= 0),
    source text NOT NULL DEFAULT '',
    as_of date,
    position integer NOT NULL DEFAULT 0,
    ended boolean NOT NULL DEFAULT false,
    name_key text NOT NULL,
    CONSTRAINT village_name UNIQUE (unit, name_key)
);

CREATE TABLE person (
    id uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT person_name UNIQUE,
    full_name text NOT NULL DEFAULT '',
    unit text NOT NULL REFERENCES unit (code),
    roles text[] NOT NULL DEFAULT '{}',
    password_hash text,
    session_version integer NOT NULL DEFAULT 0,
    disabled boolean NOT NULL DEFAULT false,
    language text NOT NULL DEFAULT 'vi',
    created_at timestamptz NOT NULL
);
CREATE INDEX person_unit ON person (unit);

CREATE TABLE deputy (
    id uuid PRIMARY KEY,
    person uuid NOT NULL REFERENCES person (id),
    deputy uuid NOT NULL REFERENCES person (id),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CHECK (ends_on >= starts_on),
    CHECK (person <> deputy)
);
CREATE INDEX deputy_deputy ON deputy (deputy, ends_on);

CREATE TABLE sign_in_link (
    token_hash bytea PRIMARY KEY,
    person uuid NOT NULL REFERENCES person (id),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

-- `source` is a keyed hash of where the attempt came from, never an address.
CREATE TABLE sign_in_failure (
    id bigserial PRIMARY KEY,
    name text NOT NULL,
    source bytea NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_name ON sign_in_failure (name, at);
CREATE INDEX sign_in_failure_source ON sign_in_failure (source, at);

CREATE TABLE api_token (
    token_hash bytea PRIMARY KEY,
    person uuid NOT NULL REFERENCES person (id),
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX api_token_person ON api_token (person);

CREATE TABLE consultation (
    id uuid PRIMARY KEY,
    slug text NOT NULL CONSTRAINT consultation_slug UNIQUE,
    unit text NOT NULL REFERENCES unit (code),
    instrument text NOT NULL,
    state text NOT NULL,
    opens_on date NOT NULL,
    closes_on date NOT NULL,
    version integer NOT NULL,
    authors text[] NOT NULL DEFAULT '{}',
    details jsonb NOT NULL,
    search text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX consultation_unit ON consultation (unit, state);
CREATE INDEX consultation_due ON consultation (state, opens_on, closes_on);

CREATE TABLE questionnaire (
    consultation uuid NOT NULL REFERENCES consultation (id),
    version integer NOT NULL,
    content json NOT NULL,
    PRIMARY KEY (consultation, version)
);

CREATE TABLE document (
    id uuid PRIMARY KEY,
    consultation uuid NOT NULL REFERENCES consultation (id),
    name text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL,
    pages integer,
    sha256 text NOT NULL,
    position integer NOT NULL DEFAULT 0
);
CREATE INDEX document_consultation ON document (consultation, position);

CREATE TABLE comment (
    id uuid PRIMARY KEY,
    consultation uuid NOT NULL REFERENCES consultation (id),
    person uuid NOT NULL REFERENCES person (id),
    question text NOT NULL DEFAULT '',
    text text NOT NULL,
    at timestamptz NOT NULL,
    resolved boolean NOT NULL DEFAULT false
);
CREATE INDEX comment_consultation ON comment (consultation, at);

-- The journal of what officials did: never answers, codes or receipts.
CREATE TABLE event (
    id bigserial PRIMARY KEY,
    consultation uuid,
    person uuid,
    verb text NOT NULL,
    at timestamptz NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX event_consultation ON event (consultation, id);

-- One answer: a random-looking id (keyed hash of its receipt), no time, no order, no key of any other table of persons.
CREATE TABLE answer (
    id bytea NOT NULL,
    consultation uuid NOT NULL,
    unit text NOT NULL,
    version integer NOT NULL,
    village text,
    channel text NOT NULL,
    assistance text NOT NULL,
    language text NOT NULL,
    answers jsonb NOT NULL,
    PRIMARY KEY (consultation, id)
);

-- Idempotency: which key came with which body, apart from answers; dropped at sealing.
CREATE TABLE submission (
    consultation uuid NOT NULL,
    key_hash bytea NOT NULL,
    body_hash bytea NOT NULL,
    PRIMARY KEY (consultation, key_hash)
);

CREATE TABLE withdrawal (
    consultation uuid NOT NULL,
    receipt_hash bytea NOT NULL,
    replaced boolean NOT NULL DEFAULT false,
    PRIMARY KEY (consultation, receipt_hash)
);

-- How many came per day, village and door; `village` is '' where none was given.
CREATE TABLE turnout (
    consultation uuid NOT NULL,
    unit text NOT NULL,
    village text NOT NULL DEFAULT '',
    channel text NOT NULL,
    assistance text NOT NULL,
    day date NOT NULL,
    answered integer NOT NULL DEFAULT 0,
    withdrawn integer NOT NULL DEFAULT 0,
    PRIMARY KEY (consultation, unit, village, channel, assistance, day)
);

CREATE TABLE channel_total (
    id uuid PRIMARY KEY,
    consultation uuid NOT NULL REFERENCES consultation (id),
    channel text NOT NULL,
    owner text NOT NULL,
    village text NOT NULL DEFAULT '',
    held_on date,
    people integer NOT NULL CHECK (people >= 0),
    counts jsonb NOT NULL,
    entered_by uuid REFERENCES person (id)
);
CREATE INDEX channel_total_consultation ON channel_total (consultation);

CREATE TABLE reading (
    consultation uuid NOT NULL,
    answer bytea NOT NULL,
    question text NOT NULL,
    released boolean NOT NULL,
    person uuid NOT NULL REFERENCES person (id),
    PRIMARY KEY (consultation, answer, question)
);

CREATE TABLE snapshot (
    consultation uuid PRIMARY KEY REFERENCES consultation (id),
    sha256 text NOT NULL,
    file text NOT NULL,
    rows integer NOT NULL,
    made_at timestamptz NOT NULL
);

CREATE TABLE result (
    consultation uuid NOT NULL REFERENCES consultation (id),
    audience text NOT NULL,
    report json NOT NULL,
    made_at timestamptz NOT NULL,
    basis text NOT NULL,
    PRIMARY KEY (consultation, audience)
);

CREATE TABLE paper (
    consultation uuid NOT NULL REFERENCES consultation (id),
    name text NOT NULL,
    language text NOT NULL,
    file text NOT NULL,
    sha256 text NOT NULL,
    bytes bigint NOT NULL,
    pages integer NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (consultation, name, language)
);
