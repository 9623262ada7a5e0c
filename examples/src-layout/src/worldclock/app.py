from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask, render_template

from . import __version__

CITIES = {
    "Lima": "America/Lima",
    "Lagos": "Africa/Lagos",
    "Vienna": "Europe/Vienna",
    "Kolkata": "Asia/Kolkata",
    "Auckland": "Pacific/Auckland",
}

app = Flask(__name__)


@app.get("/")
def clock():
    times = {city: datetime.now(ZoneInfo(zone)).strftime("%a %H:%M") for city, zone in CITIES.items()}
    return render_template("clock.html", times=times, version=__version__)


@app.get("/version")
def version():
    return f"{__version__}\n"
