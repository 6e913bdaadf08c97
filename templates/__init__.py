"""The pages and papers, and how they are printed: one Jinja environment a language, filters, translations.

Sentences stand in Vietnamese; `surveys/locale/en/*.po` hold their English. Inside a template: `_("Còn {n} ngày", n=3)`
for plain sentences, `{% trans %}` where the sentence holds markup, `{{ consultation.title|text }}` for a Text.
"""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from surveys import names
from surveys.kinds import CONSENT_LABEL, OTHER_LABEL
from surveys.problems import Code, Problem, Refusal
from templates import filters
from templates.sentences import form, said, sentence

__all__ = ["environment", "next_words", "render", "said", "sentence", "words"]

HERE = Path(__file__).parent
LONGEST_GIVEN = 80
"""Characters of what somebody typed that an error repeats."""


@cache
def environment(language: str = "vi") -> Environment:
    """The environment that speaks this language: `_`, `say`, `language` and every filter already know it."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(HERE), PrefixLoader({"govuk_frontend_jinja": FunctionLoader(component_source)})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    cast(Any, made).install_gettext_callables(lambda message: form(message, language), lambda message, _, n: form(message, language, n), newstyle=True)
    made.globals |= {"_": partial(translate, language), "say": partial(said, language=language), "language": language}
    made.globals |= {"component": component, "names": names}
    made.globals["labels"] = {"other": OTHER_LABEL, "consent": CONSENT_LABEL}
    made.filters |= filters.PLAIN | {name: partial(spoken, language=language) for name, spoken in filters.SPOKEN.items()}
    made.filters |= {"words": partial(words, language=language), "next_words": partial(next_words, language=language)}
    return made


def render(name: str, language: str, **context: Any) -> str:
    """The template of this name (`resident/plan.html`), printed in this language."""
    return environment(language).get_template(name).render(**context)


def translate(language: str, message: str, /, **values: Any) -> str | Markup:
    """`_` of templates. Becomes Markup only where a value is: the sentence and the other values are escaped then."""
    return sentence(message, language, values)


def words(problem: Problem | Refusal | Code, language: str) -> str:
    """The sentence of a problem, with what was given filled in."""
    code = problem if isinstance(problem, Code) else problem.code
    return sentence(code.sentence, language, given(problem))


def next_words(problem: Problem | Refusal | Code, language: str) -> str:
    """What to do about it; empty where the catalogue names nothing."""
    code = problem if isinstance(problem, Code) else problem.code
    return sentence(code.next, language, given(problem)) if code.next else ""


def given(problem: Problem | Refusal | Code) -> Mapping[str, Any]:
    """What fills the sentence; long input is cut, for it may be a whole file."""
    values = {} if isinstance(problem, Code) else problem.given
    return {name: cut(value) for name, value in values.items()}


def cut(value: Any) -> Any:
    return f"{value[:LONGEST_GIVEN]}…" if isinstance(value, str) and len(value) > LONGEST_GIVEN else value


@cache
def components() -> Environment:
    """GOV.UK's macros leave out parameters freely, so they alone run without StrictUndefined."""
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def component(path: str, name: str) -> Any:
    return getattr(components().get_template(f"govuk_frontend_jinja/{path}").module, name)


def component_source(path: str) -> str | None:
    """`components/error-summary/macro.html` as a template that exports `govukErrorSummary`."""
    parts = path.split("/")
    if len(parts) != 3 or parts[0] != "components" or parts[2] != "macro.html":
        return None
    name = "govuk" + "".join(word.capitalize() for word in parts[1].split("-"))
    return f"{{% set {name} = component('{path}', '{name}') %}}"
