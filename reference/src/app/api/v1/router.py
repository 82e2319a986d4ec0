from __future__ import annotations

from fastapi import APIRouter

from app.api.v1.routes import auth, orders, products, users

# region: api-router
router = APIRouter(prefix="/api/v1")
for module in (auth, users, products, orders):
    router.include_router(module.router)
# endregion: api-router
