from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "The page looks well\n"


@app.get("/health")
def health():
    stock = {"tea": 3}
    return {"status": "ok", "coffee": stock["coffee"]}
