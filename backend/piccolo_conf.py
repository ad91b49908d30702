"""Where Piccolo finds the engine and the one app."""

from piccolo.conf.apps import AppRegistry

from backend.foundation.database import DB as DB

APP_REGISTRY = AppRegistry(apps=["backend.piccolo_app"])
