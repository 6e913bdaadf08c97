"""What the program writes about itself: structured lines on stderr, never bodies, cookies, addresses, answers, codes or receipts."""

import logging
import sys
import traceback
from typing import Any

import structlog

__all__ = ["configure", "frames", "log"]

log: Any = structlog.get_logger("ydan")


def configure(level: str) -> None:
    """Lines for people on a terminal, JSON otherwise. Loggers of libraries speak only from warning up, through the same door."""
    terminal = sys.stderr.isatty()
    renderer: Any = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[Relay()], force=True)


class Relay(logging.Handler):
    """A library's warning as one of our lines. Its words may quote what somebody typed: the place is told, the words only below warning level."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        log.log(record.levelno, "library", logger=record.name, message=str(record.msg), **(frames(error) if error else {}))


def frames(error: BaseException) -> dict[str, Any]:
    """Kind and places of an error, without its words: those may quote an answer."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    cause = error.__cause__ or error.__context__
    return {"error": type(error).__qualname__, "places": places[-12:], "cause": type(cause).__qualname__ if cause else None}
