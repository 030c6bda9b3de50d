"""What is true of one city: its offices, categories, deadlines, hours, words and places.

Lives here: the code that reads a folder of tables (`cities/<name>/`) into values, checks it and says every fault at
once; and the folders themselves. Nothing about any one city stands in the code: another city is another folder.
May import: the standard library, PyYAML and shapely. Nothing of ours; everybody may import this package.
Start reading at `city.py` (the whole City), then `loading.py` (`load_city`), then `places.py` (the gazetteer and `load_gazetteer`).
"""
