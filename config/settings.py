"""One settings file. What differs between machines comes from the environment and fails loudly when wrong."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

# Small matrices on many threads mostly wait for each other, on a busy machine many times as long. Before numpy loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODES = ("desk", "production")
MODE = env.str("LAUREL_MODE", "production")
if MODE not in MODES:
    raise ImproperlyConfigured(f"LAUREL_MODE is {MODE!r}; it is one of {', '.join(MODES)}.")
AT_A_DESK = MODE == "desk"
SECOND_FACTORS = ("off", "offered", "required")
SECOND_FACTOR = env.str("SECOND_FACTOR", "off" if AT_A_DESK else "offered")
if SECOND_FACTOR not in SECOND_FACTORS:
    raise ImproperlyConfigured(f"SECOND_FACTOR is {SECOND_FACTOR!r}; it is one of {', '.join(SECOND_FACTORS)}.")
DEBUG = AT_A_DESK and env.bool("LAUREL_DEBUG", False)
VAR_DIR = Path(env.str("LAUREL_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def desk_secret() -> str:
    """A secret of this desk's own, made once. Only production has to be told one."""
    path = VAR_DIR / "secret"
    if not path.exists():
        scratch = path.with_name(f"secret.{os.getpid()}")
        scratch.write_text(os.urandom(32).hex())
        scratch.chmod(0o600)
        scratch.rename(path)
    return path.read_text()


SECRET_KEY = desk_secret() if AT_A_DESK else env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if AT_A_DESK else env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "competition",
    "judging",
    "awards",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_htmx",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.zero_bytes.NoZeroBytes",
    "config.access.DefaultDeny",
    "config.second_factor.SecondFactorFirst",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "competition.context.laurel",
            ],
            "builtins": ["competition.templatetags.laurel"],
        },
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def database(url: str) -> dict:
    """SQLite waits for its one writer instead of failing; PostgreSQL keeps a pool, since new connections cost most.
    gunicorn's threads keep theirs of SQLite too: whoever closes the last one writes the log back into the file."""
    found = environ.Env.db_url_config(url)
    kept_s = 0
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = SQLITE_OPTIONS
        kept_s = 0 if AT_A_DESK else 60
    elif found["ENGINE"].endswith("postgresql"):
        found.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8}
    else:
        raise ImproperlyConfigured(f"DATABASE_URL names {found['ENGINE']}; Laurel runs on SQLite or PostgreSQL.")
    return {**found, "CONN_MAX_AGE": kept_s, "ATOMIC_REQUESTS": False}


DATABASES = {"default": database(env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'laurel.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "competition.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]

# What the app on the phone calls us; a person may have codes of two installations.
OTP_TOTP_ISSUER = f"Laurel {urlsplit(PUBLIC_URL).hostname or ''}".strip()

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_COOKIE_NAME = "language"

MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
MAIL_AT_A_DESK = "filemail"


def mail(url: str) -> dict:
    """The settings of Django that this address of a mail server stands for. No way that prints mails: it would write
    addresses and links into the server's log."""
    found = urlsplit(url)
    if AT_A_DESK and found.scheme == MAIL_AT_A_DESK:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": found.path}
    if found.scheme not in MAIL_PORTS or not found.hostname:
        raise ImproperlyConfigured(f"EMAIL_URL is one of {', '.join(f'{one}://…' for one in MAIL_PORTS)}.")
    if "PUBLIC_URL" not in os.environ and not AT_A_DESK:
        raise ImproperlyConfigured("EMAIL_URL needs PUBLIC_URL: the links in mails lead there.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": found.hostname,
        "EMAIL_PORT": found.port or MAIL_PORTS[found.scheme],
        "EMAIL_HOST_USER": unquote(found.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(found.password or ""),
        "EMAIL_USE_TLS": found.scheme == "smtp+tls",
        "EMAIL_USE_SSL": found.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": 30,
        "DEFAULT_FROM_EMAIL": env.str("MAIL_FROM"),
    }


# Mail is set up where EMAIL_URL names a server; elsewhere no page offers it.
MAIL_IS_SET_UP = bool(env.str("EMAIL_URL", ""))
if MAIL_IS_SET_UP:
    globals().update(mail(env.str("EMAIL_URL")))

# PDF files are signed where a certificate is set up; paths are those inside LAUREL_VAR, or whole ones.
PDF_SIGNING = env.str("PDF_SIGNING", "")
PDF_SIGNING_PASSPHRASE = env.str("PDF_SIGNING_PASSPHRASE", "")
PDF_TIMESTAMPS = env.str("PDF_TIMESTAMPS", "")
if PDF_TIMESTAMPS and urlsplit(PDF_TIMESTAMPS).scheme not in ("http", "https"):
    raise ImproperlyConfigured("PDF_TIMESTAMPS is the address of a service, https://… or http://….")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if AT_A_DESK
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = AT_A_DESK
MEDIA_ROOT = VAR_DIR / "media"
INDEX_IN_BACKGROUND = env.bool("INDEX_IN_BACKGROUND", True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not AT_A_DESK
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not AT_A_DESK)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_HSTS_SECONDS = 0 if AT_A_DESK else env.int("SECURE_HSTS_SECONDS", 3600)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PERMISSION_CLASSES": ["config.access.RuleAsked"],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

# Nothing personal reaches a log: Django's request logger would write addresses with their query strings.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # a refusal is no fault of the server, and its line would name the address of a judge's pile
    "loggers": {"django.request": {"level": "ERROR"}},
}
