from flask import Flask, abort

WORDS = {
    "decant": "to pour gently from one vessel into another, leaving the sediment behind",
    "carafe": "an open-topped vessel for serving wine or water",
    "lees": "what settles at the bottom",
}

app = Flask(__name__)


@app.get("/")
def words():
    return {"words": sorted(WORDS)}


@app.get("/words/<word>")
def meaning(word: str):
    if word not in WORDS:
        abort(404)
    return {"word": word, "meaning": WORDS[word]}
