"""How the shipped model is made and measured: `python -m nlp train`, `python -m nlp evaluate`. Never imported at run time, and the only place
that needs scikit-learn. Start reading at train.py."""
