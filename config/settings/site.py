"""The site: its apps, its pages for admins, its API, and what it tells of itself."""

from config.env import (
    BASE_DIR,
    DATA_DIR,
    allowed_hosts,
    csrf_trusted_origins,
    demo,
    env,
    secret_key,
)
from config.telemetry.logs import logging_config

DEBUG: bool = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = allowed_hosts()
CSRF_TRUSTED_ORIGINS = csrf_trusted_origins()
MAX_BODY_BYTES: int = env.int("MAX_BODY_BYTES", default=1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
DEMO = demo()
ACCESS_LOG_DAYS: int = env.int("ACCESS_LOG_DAYS", default=365)
ERASED_FILE: str = env.str("ERASED_FILE", default=str(DATA_DIR / "erased.txt"))

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

INSTALLED_APPS = [
    "accounts",
    "sessions.apps.SessionsConfig",
    "coach",
    "config",
    "config.apps.PoseCoachAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    "channels",
    "csp",
    "import_export",
    "simple_history",
    "drf_spectacular",
    "rest_framework",
]

MIDDLEWARE = [
    "config.middleware.KnownMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.SecurityHeadersMiddleware",
    "config.static.StaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.session_age.SessionAgeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.sign_in_limits.SignInLimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sign_ins.middleware.SeenMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Admin ----------------------------------------------------------------------------------------
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_EXPORT_UI = True  # its page needs an inline script; CSV comes at once
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

# --- API ------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.authentication.TokenAuthentication",
        "accounts.authentication.CookieAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "accounts.tokens.authentication.TokenAllows",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.throttles.Everyday"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["sessions.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.errors.exception_handler",
    "STRICT_JSON": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "PoseCoach",
    "DESCRIPTION": "Workouts, sets, clips and trends of one athlete.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.openapi.refusals_everywhere",
    ],
    "ENUM_NAME_OVERRIDES": {
        "CorrectionKindEnum": "sessions.models.corrections.Correction.Kind",
        "PlanChangeKindEnum": "coach.models.PlanChange.Kind",
        "StateEnum": "sessions.models.WorkoutSet.State",
        "SourceEnum": "sessions.models.WorkoutSet.Source",
        "ImportStateEnum": "sessions.models.Import.State",
        "PlannedStateEnum": "coach.serializers.told.PLANNED_STATES",
        "PlanStateEnum": "coach.serializers.told.PLAN_STATES",
        "BucketEnum": "coach.serializers.roster.COLOURS",
        "AthleteBucketEnum": "coach.serializers.roster.BUCKETS",
        "ScopeEnum": "coach.models.Scope",
        "TokenScopeEnum": "accounts.tokens.scopes.TokenScope",
        "AuditKindEnum": "accounts.models.audit.Kind",
        "PainAreaEnum": "sessions.models.PainArea",
        "RecordKindEnum": "coach.serializers.athletes.RECORDS",
    },
}

# --- What is told of itself: docs/observability.md ------------------------------------------------
LOGGING = logging_config(
    env.str("LOG_FORMAT", default="plain"), env.str("LOG_LEVEL", default="INFO").upper()
)
# A port of its own for /metrics and the probes; 0: none. Each process on a machine needs another.
METRICS_PORT: int = env.int("METRICS_PORT", default=0)
METRICS_HOST: str = env.str("METRICS_HOST", default="127.0.0.1")
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")
