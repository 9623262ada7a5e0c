from flask import Flask, redirect, render_template, request

from .store import change, rows
from .tasks import deliver

app = Flask(__name__)


@app.get("/")
def index():
    letters = rows("SELECT * FROM letter ORDER BY id DESC LIMIT 20")
    return render_template("index.html", letters=letters)


@app.post("/")
def post():
    letter = change("INSERT INTO letter (text) VALUES (?)", (request.form["text"],))
    deliver.delay(letter)
    return redirect("/", code=303)


@app.get("/letters")
def letters():
    return rows("SELECT * FROM letter ORDER BY id")


@app.get("/marks")
def marks():
    return rows("SELECT * FROM mark ORDER BY id DESC LIMIT 100")


@app.get("/health")
def health():
    return rows("SELECT count(*) AS letters FROM letter")[0]
