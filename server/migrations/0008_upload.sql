-- Files that residents send along. Nothing leads from here to an answer but the id that the answer itself names; the day
-- is there only until it is claimed, so that what nobody claims can be thrown away.

CREATE TABLE upload (
    consultation uuid NOT NULL REFERENCES consultation (id),
    id text NOT NULL,
    sha256 text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL,
    created date,
    claimed boolean NOT NULL DEFAULT false,
    settled boolean NOT NULL DEFAULT false,
    PRIMARY KEY (consultation, id)
);

CREATE INDEX upload_unclaimed ON upload (created) WHERE NOT claimed;
