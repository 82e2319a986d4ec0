from __future__ import annotations

from app.core.config import get_settings
from app.core.logging import configure_logging
from app.main import create_app

settings = get_settings()
configure_logging(settings.log_level)
app = create_app(settings)
