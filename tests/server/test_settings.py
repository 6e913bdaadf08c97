"""What the environment may say, and what is told when it says something wrong."""

import stat
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path

import pytest

from server.settings import BASE_URL, from_environment, kept_secret
from surveys.problems import Invalid


def test_nothing_set_is_enough(tmp_path: Path) -> None:
    settings = from_environment({"YDAN_DATA": str(tmp_path / "data")})
    assert (settings.database_url, settings.base_url, settings.trusted_proxies, settings.log) == ("", BASE_URL, (), "info")
    assert settings.files.is_dir()


def test_values_are_taken(tmp_path: Path) -> None:
    given = {
        "YDAN_DATA": str(tmp_path),
        "DATABASE_URL": "postgresql://ydan:x@db/ydan",
        "YDAN_SECRET": "s" * 32,
        "YDAN_BASE_URL": "https://ydan.example.vn/",
        "YDAN_TRUSTED_PROXIES": "10.0.0.0/8, 127.0.0.1",
        "YDAN_SMTP_URL": "smtps://u:p@mail:465",
        "YDAN_LOG": "warning",
    }
    settings = from_environment(given)
    assert settings.base_url == "https://ydan.example.vn"
    assert settings.secure
    assert settings.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("127.0.0.1/32"))
    assert settings.secret == b"s" * 32


def test_all_wrong_values_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    given = {
        "YDAN_DATA": str(tmp_path / "file"),
        "DATABASE_URL": "mysql://db/ydan",
        "YDAN_SECRET": "short",
        "YDAN_BASE_URL": "ydan.example.vn/path",
        "YDAN_TRUSTED_PROXIES": "10.0.0.0/8,proxy",
        "YDAN_SMTP_URL": "mail",
        "YDAN_LOG": "loud",
    }
    with pytest.raises(Invalid) as refused:
        from_environment(given)
    assert {problem.where for problem in refused.value.problems} == set(given)


@pytest.mark.parametrize("url", ["postgresql://db:port/ydan", "postgresql://db", "", "http://db/ydan"])
def test_only_an_address_of_postgresql_is_one(url: str, tmp_path: Path) -> None:
    given = {"YDAN_DATA": str(tmp_path), "DATABASE_URL": url}
    if url:
        with pytest.raises(Invalid):
            from_environment(given)
    else:
        assert from_environment(given).database_url == ""


def test_the_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: kept_secret(file), range(32)))
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]
