from flask import Flask, render_template, request

from conversion import fahrenheit

app = Flask(__name__)


@app.get("/")
def index():
    return render_template("index.html")


@app.get("/api/temperature")
def temperature():
    celsius = request.args.get("celsius", default=20.0, type=float)
    return {"celsius": celsius, "fahrenheit": fahrenheit(celsius)}
