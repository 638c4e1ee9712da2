"""Every setting. The environment is read here and in `config.env`; docs/deployment.md lists it."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from kombu import Exchange, Queue
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.env import (
    BASE_DIR,
    PUBLIC_URL,
    REDIS_URL,
    allowed_hosts,
    csrf_trusted_origins,
    database,
    demo,
    env,
    mfa_required,
    secret_key,
)
from config.env import DATA_DIR as DATA_DIR
from config.static import add_headers
from config.telemetry.logs import logging_config

# --- The site -----------------------------------------------------------------------------------
DEBUG: bool = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = allowed_hosts()
CSRF_TRUSTED_ORIGINS = csrf_trusted_origins()
FRONTEND_DIST = Path(env.str("FRONTEND_DIST", default=str(BASE_DIR / "frontend" / "dist")))
MAX_BODY_BYTES: int = env.int("MAX_BODY_BYTES", default=1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
EMBEDDED = not REDIS_URL
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
STATIC_URL = "/static/"

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

# --- Data, messages, work -----------------------------------------------------------------------
DATABASES = {"default": database()}

if EMBEDDED:
    CACHES: dict[str, Any] = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    CHANNEL_LAYERS: dict[str, Any] = {"default": {"BACKEND": "config.layers.EmbeddedChannelLayer"}}
    CELERY_BROKER_URL = "memory://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.02}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)},
        }
    }
    CHANNEL_LAYERS = {
        "default": {
            # Keeps nothing for who is away, as a nudge need not be kept, and costs a third.
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
    CELERY_BROKER_URL = REDIS_URL
    # A write is stored before it is queued, and `sweep` queues it again: no request waits long.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "socket_connect_timeout": 2,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
    }

LIVE_QUEUE, TRENDS_QUEUE, BATCH_QUEUE = "celery", "trends", "batch"
CELERY_TASK_DEFAULT_QUEUE = LIVE_QUEUE
# What a worker takes from in turn, unless it is told other queues: a live count waits for one
# trend, never for a thousand.
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), routing_key=name) for name in (LIVE_QUEUE, TRENDS_QUEUE)
]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# Long work has a queue, and a worker, of its own: no live count waits behind it.
CELERY_TASK_ROUTES = {
    "sessions.tasks.refresh_trend": {"queue": TRENDS_QUEUE},
    "coach.tasks.refresh_status": {"queue": TRENDS_QUEUE},
    "sessions.tasks.advance_rescore": {"queue": BATCH_QUEUE},
    "sessions.tasks.remove_old_keypoints": {"queue": BATCH_QUEUE},
    "coach.tasks.remove_old_looks": {"queue": BATCH_QUEUE},
}
CELERY_BEAT_SCHEDULE = {
    # A sweep older than `sessions.analysis.SETTLED_AFTER` would take what waits in the queue.
    "sweep": {
        "task": "sessions.tasks.sweep",
        "schedule": 60.0 if EMBEDDED else 5.0,
        "options": {"expires": 5.0},
    },
    "sweep_imports": {"task": "sessions.portable.tasks.sweep_imports", "schedule": 60.0},
    "sweep_notifications": {"task": "accounts.tasks.sweep_notifications", "schedule": 60.0},
    "send_digests": {"task": "coach.digest.tasks.send_digests", "schedule": crontab(minute=5)},
    "remove_old_keypoints": {
        "task": "sessions.tasks.remove_old_keypoints",
        "schedule": crontab(hour=3, minute=20),
    },
    "forget_sign_ins": {
        "task": "accounts.tasks.forget_sign_ins",
        "schedule": crontab(hour=3, minute=40),
    },
    "remove_old_audit": {
        "task": "accounts.tasks.remove_old_audit",
        "schedule": crontab(hour=3, minute=50),
    },
    "remove_old_looks": {
        "task": "coach.tasks.remove_old_looks",
        "schedule": crontab(hour=3, minute=50),
    },
    "sweep_links": {"task": "coach.tasks.sweep_links", "schedule": 60.0},
    "sweep_statuses": {"task": "coach.tasks.sweep_statuses", "schedule": 60.0},
}

# --- Who is there -------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "accounts.passwords.OurWordsValidator"})
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4
# A sign-in ends after so many days without a visit, and after so many whatever happens.
SESSION_IDLE_DAYS: int = env.int("SESSION_IDLE_DAYS", default=14)
SESSION_DAYS: int = env.int("SESSION_DAYS", default=30)
SESSION_COOKIE_AGE = SESSION_IDLE_DAYS * 24 * 60 * 60
AUDIT_DAYS: int = env.int("AUDIT_DAYS", default=365)
LOGIN_URL = "/sign-in"
COACHES_OPEN: bool = env.bool("COACHES_OPEN", default=False)
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION: str = env.str("EMAIL_VERIFICATION", default="optional")
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "PoseCoach: "
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # other sessions end by the password's hash
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Per address, and per key: address and account together (decision 0027).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,100/h/ip,5/5m/key",
    "login_failed_anywhere": "50/h/key",
    "signup": "20/m/ip,100/h/ip",
    "reset_password": "20/m/ip,5/m/key,20/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
}
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{PUBLIC_URL}/verify-email/{{key}}",
    "account_reset_password": f"{PUBLIC_URL}/reset-password",
    "account_reset_password_from_key": f"{PUBLIC_URL}/reset-password/{{key}}",
    "account_signup": f"{PUBLIC_URL}/sign-up",
}

# Second factors. Where addresses need no confirming, a factor needs none either.
MFA_REQUIRED = mfa_required()
MFA_ADAPTER = "accounts.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "PoseCoach"
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION != "mandatory"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT: int = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="PoseCoach <posecoach@localhost>")

# Web push. Without a key of its own (`manage.py push_keys`) the server sends none, and it calls
# no other hosts than those of the browsers' push services, whatever address a page hands in.
VAPID_PRIVATE_KEY: str = env.str("VAPID_PRIVATE_KEY", default="")
PUSH_HOSTS: list[str] = env.list(
    "PUSH_HOSTS",
    default=[
        "fcm.googleapis.com",
        "*.push.services.mozilla.com",
        "*.push.apple.com",
        "*.notify.windows.com",
    ],
)

# --- Admin --------------------------------------------------------------------------------------
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_EXPORT_UI = True  # its page needs an inline script; CSV comes at once
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "change"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

# --- API ----------------------------------------------------------------------------------------
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

# --- What a browser may do ----------------------------------------------------------------------
SECURE_BROWSER_HTTPS = PUBLIC_URL.startswith("https://")
if SECURE_BROWSER_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS: int = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS: bool = env.bool(
        "SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False
    )
    # Of this host and nobody else's: no other name of the domain can set or read them.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_BROWSER_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The proxy redirects to HTTPS, and only its owner can speak for the other names of the domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, "'wasm-unsafe-eval'"],
        "connect-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF],
        "style-src": [SELF, NONCE],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    }
}

# --- Static files -------------------------------------------------------------------------------
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = str(FRONTEND_DIST) if FRONTEND_DIST.is_dir() else None
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
WHITENOISE_MAX_AGE = 60
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers

# --- What is told of itself: docs/observability.md ----------------------------------------------
LOGGING = logging_config(
    env.str("LOG_FORMAT", default="plain"), env.str("LOG_LEVEL", default="INFO").upper()
)
# A port of its own for /metrics and the probes; 0: none. Each process on a machine needs another.
METRICS_PORT: int = env.int("METRICS_PORT", default=0)
METRICS_HOST: str = env.str("METRICS_HOST", default="127.0.0.1")
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")
