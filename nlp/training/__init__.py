"""How the shipped model is made and measured: `python -m nlp train`, `compare` and `evaluate`.

Never imported at run time, and the only place that needs scikit-learn (the extra `train`). Start reading at train.py.
"""
