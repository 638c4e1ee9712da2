from rest_framework import serializers

from accounts.consents import words
from accounts.models import Consent


class AgreedSerializer(serializers.ModelSerializer[Consent]):
    """text: word by word as it was agreed to."""

    text = serializers.SerializerMethodField()

    class Meta:
        model = Consent
        fields = ("version", "language", "agreed_at", "text")

    def get_text(self, row: Consent) -> str:
        return words.text(row.document, row.version, row.language)


class ConsentSerializer(serializers.Serializer[object]):
    document = serializers.ChoiceField(choices=Consent.Document.choices)
    version = serializers.CharField()
    language = serializers.CharField()
    text = serializers.CharField()
    agreed = AgreedSerializer(allow_null=True)
    due = serializers.BooleanField()
    withdrawn = serializers.BooleanField()


class ConsentGivenSerializer(serializers.Serializer[object]):
    version = serializers.CharField(max_length=10)
