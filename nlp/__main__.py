"""`python -m nlp understand | train | evaluate | compare`."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from cities.loading import load_city
from nlp.categories import SHIPPED_MODEL
from nlp.reader import load_reader

app = typer.Typer(help="What a message means.", no_args_is_help=True, add_completion=False)

CityName = Annotated[str, typer.Option("--city", help="A folder under cities/, or a path.")]
ModelFolder = Annotated[Path, typer.Option("--model", help="Folder of the model.")]


@app.command()
def understand(city: CityName = "bandung", model: ModelFolder = SHIPPED_MODEL) -> None:
    """Read one message a line from standard input; write one JSON object a line."""
    reader = load_reader(load_city(city), model)
    for line in sys.stdin.buffer:
        message = line.decode("utf-8", errors="replace").rstrip("\r\n")
        answer = json.dumps(reader.understand(message).to_dict(), ensure_ascii=False)
        sys.stdout.buffer.write(answer.encode("utf-8", errors="replace") + b"\n")
        sys.stdout.buffer.flush()


@app.command()
def train(
    extra: Annotated[
        list[Path], typer.Option("--extra", help="More labelled rows (JSONL), such as a city's own.")
    ] = [],  # noqa: B006
    city: CityName = "bandung",
    model: ModelFolder = SHIPPED_MODEL,
) -> None:
    """Make the model from nlp/corpus: the same corpus gives the same bytes."""
    from nlp.training.train import train as make

    meta = make(model, city, extra)
    for name, head in meta["heads"].items():
        typer.echo(f"{name}: {head['cross_validated']}")
    typer.echo(f"confirm_at {meta['confirm_at']}, offer_at {meta['offer_at']}, {meta['rows']} rows -> {model}")


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Labelled rows (JSONL).")],
    city: CityName = "bandung",
    model: ModelFolder = SHIPPED_MODEL,
) -> None:
    """Print how well labelled rows are read: by class, language and source, with calibration, confusions, places and speed."""
    from nlp.training.cases import read_cases
    from nlp.training.evaluation import evaluate_on
    from nlp.training.report import printed

    typer.echo(printed(evaluate_on(load_reader(load_city(city), model), read_cases(file))))


@app.command()
def compare(
    with_spacy: Annotated[
        bool, typer.Option("--with-spacy", help="Also spaCy's own classifier: a quarter of an hour.")
    ] = False,
) -> None:
    """Print kinds of models side by side: share right on a fold of the corpus, and on the held-back sentences."""
    from nlp.training.compare import compare as compared

    for line in compared(with_spacy):
        typer.echo(f"{line.name:<32}{line.folded:>8.3f}{line.held_back:>8.3f}")


def main() -> None:
    """Run a command; what a person can mend is one clear sentence and exit code 2."""
    from cities.faults import CityError
    from nlp.linear import ModelError
    from nlp.training.rows import CorpusError

    try:
        app()
    except (CityError, CorpusError, ModelError) as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
