"""The blueprint of the pages that need no link and no sign-in."""

from flask import Blueprint

public = Blueprint("public", __name__)
