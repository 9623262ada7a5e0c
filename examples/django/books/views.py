from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from .models import Book


def shelf(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        Book.objects.create(title=request.POST["title"], author=request.POST["author"])
        return redirect("/")
    return render(request, "books/shelf.html", {"books": Book.objects.all()})


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok", "books": Book.objects.count()})
