"""What an installation may set, read from the environment. Nothing here changes the clock or the rules."""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, structs

from server import sentences
from surveys.problems import Code, Invalid, Problem

Network = IPv4Network | IPv6Network

LOG_LEVELS = ("debug", "info", "warning", "error")
BASE_URL = "http://127.0.0.1:8000"
LEAST_SECRET = 32


class Settings(Struct, frozen=True, kw_only=True):
    """`database_url` is '' until PostgreSQL of our own is started (server/postgres.py). `secret` keys every hash and cookie."""

    data: Path
    secret: bytes
    database_url: str = ""
    base_url: str = BASE_URL
    trusted_proxies: tuple[Any, ...] = ()
    """Networks (`Network`); msgspec, through which Litestar hands settings to a route, knows no union of them."""
    smtp_url: str = ""
    log: str = "info"

    @property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies may demand it."""
        return self.base_url.startswith("https:")

    @property
    def files(self) -> Path:
        """Where documents, papers and snapshots lie, each under its SHA-256."""
        return self.data / "files"

    @property
    def sent(self) -> Path:
        """Where files of residents lie, each under its id: two who send the same share nothing."""
        return self.files / "sent"


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Makes $YDAN_DATA and the secret where they are missing. Raises Invalid with every wrong value at once."""
    given = os.environ if environment is None else environment
    problems: list[Problem] = []
    data = read_folder(given.get("YDAN_DATA") or "data", problems)
    networks = read_networks(given.get("YDAN_TRUSTED_PROXIES", ""), problems)
    settings = Settings(
        data=data,
        secret=b"",
        database_url=checked(given, "DATABASE_URL", is_database, sentences.NOT_A_DATABASE, problems),
        base_url=checked(given, "YDAN_BASE_URL", is_origin, sentences.NOT_AN_ORIGIN, problems).rstrip("/") or BASE_URL,
        trusted_proxies=networks,
        smtp_url=checked(given, "YDAN_SMTP_URL", is_mail_server, sentences.NOT_A_MAIL_SERVER, problems),
        log=checked(given, "YDAN_LOG", LOG_LEVELS.__contains__, sentences.NOT_A_LOG_LEVEL, problems) or "info",
    )
    secret = checked(given, "YDAN_SECRET", lambda text: len(text) >= LEAST_SECRET, sentences.SECRET_TOO_SHORT, problems)
    if problems:
        raise Invalid(problems)
    return structs.replace(settings, secret=secret.encode() if secret else kept_secret(data / "secret"))


def checked(given: Mapping[str, str], name: str, is_right: Callable[[str], bool], code: Code, problems: list[Problem]) -> str:
    """The variable's value, '' where it is not set; a wrong one adds its problem."""
    value = given.get(name, "").strip()
    if value and not is_right(value):
        problems.append(Problem(code, where=name, given={"name": name, "given": value}))
    return value


def is_database(url: str) -> bool:
    return has_shape(url, ("postgresql", "postgres")) and len(urlsplit(url).path) > 1


def is_mail_server(url: str) -> bool:
    return has_shape(url, ("smtp", "smtps")) and bool(urlsplit(url).hostname)


def is_origin(url: str) -> bool:
    return has_shape(url, ("http", "https")) and bool(urlsplit(url).hostname) and urlsplit(url)[2:] in {("", "", ""), ("/", "", "")}


def has_shape(url: str, schemes: tuple[str, ...]) -> bool:
    """Whether it is a URL of one of these schemes whose port, if any, is a number."""
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def read_networks(given: str, problems: list[Problem]) -> tuple[Network, ...]:
    networks: list[Network] = []
    for part in filter(None, (part.strip() for part in given.split(","))):
        try:
            networks.append(ip_network(part, strict=False))
        except ValueError:
            problems.append(Problem(sentences.NOT_NETWORKS, "YDAN_TRUSTED_PROXIES", {"name": "YDAN_TRUSTED_PROXIES", "given": part}))
    return tuple(networks)


def read_folder(given: str, problems: list[Problem]) -> Path:
    """The data folder, made where it is missing, as an absolute path."""
    folder = Path(given).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "files").mkdir(mode=0o700, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, os.strerror(13))
    except OSError as error:
        reason = error.strerror or str(error)
        problems.append(Problem(sentences.NOT_A_FOLDER, "YDAN_DATA", {"name": "YDAN_DATA", "given": str(folder), "reason": reason}))
    return folder


def kept_secret(file: Path) -> bytes:
    """The installation's secret, made once; whoever comes at the same time gets the same one."""
    if not file.exists():
        fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(48))
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_bytes().strip()
