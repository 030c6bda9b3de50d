"""Pages from templates. Everything put into one is escaped; no template holds a script or a style."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.web.files import address_of_file
from bot.web.words import ASKED, LANGUAGES, NAMES, words_in

TEMPLATES = Path(__file__).with_name("templates")

_environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_environment.globals["file"] = address_of_file


def page(template: str, language: str, status: int = 200, **values: object) -> HTMLResponse:
    """A whole page. In the template `say` looks up our own sentences, `languages` are the links to the other languages."""
    words = words_in(language)

    def say(key: str, **blanks: object) -> str:
        return words[key].format(**blanks)

    content = _environment.get_template(template).render(
        language=language, say=say, languages=[(code, NAMES[code]) for code in LANGUAGES], asked=ASKED, **values
    )
    return HTMLResponse(content, status)
