"""What ran by itself."""

from django.contrib import admin

from accounts.admin.base import Record
from sessions.models import TaskRun


@admin.register(TaskRun)
class TaskRunAdmin(Record):
    list_display = ("name", "outcome", "started_at", "ended_at", "error")
    list_filter = ("outcome", "name")
    search_fields = ("=id", "name", "error")
    date_hierarchy = "started_at"
