from flask import Flask, Response, render_template, send_from_directory

app = Flask(__name__, static_folder="client/dist")


@app.get("/")
def index() -> Response:
    return send_from_directory("client/dist", "index.html")


@app.get("/about")
def about() -> str:
    return render_template("about.html")
