"""Words that announce a place, Indonesian, Sundanese and some English, as people type them, in plain form."""

STREET = frozenset({"jl", "jln", "jalan", "jlan", "jaln", "jlnan"})
ALLEY = frozenset({"gg", "gang", "gng"})
ESTATE = frozenset(
    {"komplek", "kompleks", "komp", "perum", "perumahan", "perumnas", "cluster", "apartemen", "rusunawa"}
)
KELURAHAN = frozenset({"kel", "kelurahan", "klurahan", "kalurahan", "desa"})
KECAMATAN = frozenset({"kec", "kecamatan", "kacamatan", "kcmtn"})
KOTA = frozenset({"kota", "kab", "kabupaten"})
DESIGNATORS = STREET | ALLEY | KELURAHAN | KECAMATAN | KOTA

CROSSING = frozenset(
    {
        "simpang", "perempatan", "prempatan", "prapatan", "parapatan", "pertigaan", "prtigaan", "pertelon",
        "simpangan", "persimpangan", "stopan",
    }
)  # fmt: skip
JOINING = frozenset({"dan", "sama", "sareng", "jeung", "dengan", "dgn", "x", "jl", "jln", "jalan"})

AT = frozenset(
    {
        "di", "d", "dina", "palih", "lebah", "sekitar", "sktr", "skitar", "seputar", "seputaran", "sakuriling",
        "sakitar", "daerah", "drh", "wilayah", "wil", "wewengkon", "kawasan", "area", "lokasi", "alamat", "kampung",
        "kp", "kmp", "komplek", "kompleks", "komp", "perum", "perumahan", "perumnas", "dusun", "lingkungan",
        "warga", "wargi", "sepanjang", "sapanjang", "sisi", "pinggir", "pinggiran", "ruas", "tikungan", "tanjakan",
        "turunan", "jembatan", "sasak", "trotoar", "median", "halte", "underpass", "terowongan", "rt", "rw", "at",
        "in", "on", "around",
    }
)  # fmt: skip
NEAR = frozenset(
    {
        "dekat", "deket", "dkt", "deukeut", "caket", "depan", "dpn", "payuneun", "payun", "hareup", "hareupeun",
        "sebrang", "seberang", "sbrg", "sabrang", "sabrangeun", "peuntas", "peuntaseun", "belakang", "blkg",
        "blakang", "tukangeun", "samping", "smping", "gigir", "gigireun", "sebelah", "sabeulah", "sebelum", "sblm",
        "sesudah", "setelah", "sateuacan", "saacan", "saatos", "sanggeus", "antara", "bawah", "handapeun",
        "luhureun", "pengkolan", "patokan", "near", "front", "behind", "opposite", "beside", "between",
    }
)  # fmt: skip
FROM = frozenset({"dari", "dr", "ti", "asal", "from"})
TOWARDS = frozenset(
    {
        "ke", "ka", "arah", "menuju", "nuju", "tembus", "tembusan", "jurusan", "tujuan", "sampai", "sampe", "nepi",
        "dugi", "trayek", "rute", "angkot", "damri", "bus", "bis", "elf", "koridor", "to", "towards",
    }
)  # fmt: skip
LOCATIVE = AT | NEAR | FROM | TOWARDS
PREPOSITIONS = (NEAR | FROM | {"di", "d", "dina", "ke", "ka", "arah", "menuju", "nuju"}) - {"dr"}  # also a title

FACILITY = frozenset(
    {
        "pasar", "psr", "ps", "puskesmas", "pkm", "sd", "sdn", "smp", "smpn", "sma", "sman", "smk", "smkn", "tk",
        "masjid", "mesjid", "kelurahan", "tps", "tpst", "tpu", "halte", "terminal", "lapang", "lapangan", "gor",
        "polsek", "koramil", "spbu", "flyover", "underpass", "rusun", "rusunawa", "apartemen", "posyandu",
        "alfamart", "indomaret", "bank", "stadion", "gereja", "rs", "rsud", "taman", "kolam", "stasiun", "kantor",
        "alun", "alun2", "alunalun",
    }
)  # fmt: skip

NUMBERED = frozenset(
    {
        "sd",
        "sdn",
        "smp",
        "smpn",
        "sma",
        "sman",
        "smk",
        "smkn",
        "tk",
        "mts",
        "mtsn",
        "man",
        "slb",
        "slbn",
        "rusun",
        "tps",
    }
)
"""What is called by a number, without any other name."""

GREAT = frozenset({"raya", "agung", "besar", "jami", "negeri"})
"""Stand between the word for a building and the area it is called after: "masjid raya ujungberung"."""

WAYS = frozenset({"satu", "dua", "1", "2", "lawan", "melawan", "nglawan", "ngalawan"})
"""Before "arah" they make a traffic rule of it."""

ESTATES = frozenset(
    "asri permai regency residence residences estate park hill hills village garden gardens elok lestari permata endah kencana hegar"
    " mukti resik pojok".split()
)
"""Behind a name they make that of an estate or of a street in it."""
BRANCHES = frozenset(
    {
        "dalam", "atas", "bawah", "lama", "baru", "barat", "timur", "utara", "selatan", "tengah", "kaler", "kidul",
        "kulon", "wetan", "raya", "indah", "girang", "hilir", "tonggoh", "landeuh",
    }
)  # fmt: skip

FORKS = frozenset(
    {
        "barat", "timur", "utara", "selatan", "kaler", "kidul", "kulon", "wetan", "raya", "indah", "permai", "asri",
        "girang", "hilir", "tonggoh", "landeuh",
    }
)  # fmt: skip
"""Of the branches, those that tell nothing else behind a name: a "jalan lama" is old, and what is "baru diaspal" new."""
NAMES_ALONE = frozenset(
    {
        "melati", "mawar", "anggrek", "dahlia", "cempaka", "flamboyan", "teratai", "merpati", "kutilang", "elang",
        "rajawali", "mangga", "nangka", "rambutan", "jeruk", "pahlawan", "veteran", "pemuda", "merdeka", "kemerdekaan",
    }
)  # fmt: skip
"""Everyday words that are a name right behind the word for a street: flowers, birds, fruit, heroes."""
BEGIN_NAMES = frozenset(
    {
        "bukit", "karang", "gunung", "taman", "kebon", "kebun", "sari", "mekar", "pasir", "batu", "sumur", "situ", "rawa",
        "danau", "bunga", "bumi", "griya", "puri", "graha", "pondok", "mutiara", "cendana", "jati", "tanjung", "pulau",
        "curug", "kelapa", "muara", "kampung", "jaya", "karya", "bakti", "setia",
    }
)  # fmt: skip
"""Everyday words with which names of streets and estates begin when another word of a name follows."""
END_NAMES = BEGIN_NAMES | FORKS | {"asih", "wangi", "tinggal", "damai", "manah"}
