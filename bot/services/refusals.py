"""What staff asked for and cannot have, for a reason that the talk words."""


class Refusal(Exception):
    """It may not be done; ``code`` is the message id of the sentence that says why, with its blanks."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}
