import os

from flask import Flask

from payments import currency

PAYMENTS_API_KEY = os.environ["PAYMENTS_API_KEY"]

app = Flask(__name__)


@app.get("/")
def index():
    return {"currency": currency(), "key": f"…{PAYMENTS_API_KEY[-4:]}"}
