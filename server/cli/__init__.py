"""`ydan`: every command in a module of its own, read only when it is called, so that `analyse` never loads web or database."""

import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from surveys.problems import Invalid, Refusal

COMMANDS = {
    "serve": ("server.cli.serve:serve", "Chạy trang web và các việc nền."),
    "work": ("server.cli.work:work", "Chỉ chạy các việc nền, dùng thêm máy."),
    "official": ("server.cli.people:official", "Tạo hoặc đổi một người dùng của đơn vị."),
    "token": ("server.cli.people:token", "In một mã truy cập API."),
    "villages": ("server.cli.villages:villages", "Nhập danh sách thôn, tổ dân phố và số hộ từ tệp XLSX."),
    "check": ("server.cli.forms:check", "Nêu mọi chỗ sai của một bộ câu hỏi."),
    "convert": ("server.cli.forms:convert", "Chuyển một bộ câu hỏi sang dạng khác."),
    "analyse": ("server.cli.analyse:analyse", "Tổng hợp một tệp dữ liệu đã thu ở nơi khác."),
    "report": ("server.cli.answers:report", "In báo cáo của một đợt lấy ý kiến."),
    "export": ("server.cli.answers:export", "Xuất các câu trả lời của một đợt."),
    "import": ("server.cli.answers:import_answers", "Nhập câu trả lời từ tệp vào một đợt."),
    "verify": ("server.cli.verify:verify", "Kiểm tra dữ liệu của các đợt còn nguyên vẹn."),
    "demo": ("server.cli.demo:demo", "Chạy trọn một đợt lấy ý kiến với dữ liệu mẫu."),
}
"""Name → where its click command stands, and its line in the list."""

INTERRUPTED = 130


class Commands(click.Group):
    """Reads a command's module when it is called; whatever goes wrong ends as one sentence on stderr."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False})
        except click.exceptions.Abort:
            sys.exit(INTERRUPTED)
        except click.ClickException as error:
            complain(error.format_message(), status=error.exit_code)
        except Refusal as refusal:
            complain(told(refusal))
        except BrokenPipeError:
            sys.exit(1)
        except Exception as error:  # noqa: BLE001 – the last line of defence: one sentence, no traceback
            complain(unexpected(error))
        sys.exit(status if isinstance(status, int) else 0)


def complain(sentence: str, *, status: int = 1) -> NoReturn:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(status)


def told(refusal: Refusal) -> str:
    """What was refused and what to do; of several problems each."""
    from templates import next_words, words

    told_of = refusal.problems if isinstance(refusal, Invalid) else [refusal]
    return " ".join(f"{ended(str(words(one, 'vi')))} {next_words(one, 'vi')}" for one in told_of)


def ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def unexpected(error: Exception) -> str:
    from server.sentences import UNEXPECTED
    from templates import sentence

    return str(sentence(UNEXPECTED.sentence, "vi", {"error": f"{type(error).__name__}: {error}"}))


@click.command(cls=Commands)
@click.version_option(package_name="ydan", prog_name="ydan")
def main() -> None:
    """Ý Dân: lấy ý kiến người dân về một phương án, từ lúc soạn đến báo cáo cho hội đồng."""
