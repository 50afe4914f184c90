"""Page registry: where each page and dialog stands, to be imported when it is first opened."""

from __future__ import annotations

PAGES = {
    "today": "kapperboek.ui.today.today_page:TodayPage",
    "customers": "kapperboek.ui.customers.customers_page:CustomersPage",
    "card": "kapperboek.ui.card.card_page:CardPage",
    "follow_ups": "kapperboek.ui.follow_ups.follow_ups_page:FollowUpsPage",
    "settings": "kapperboek.ui.settings.settings_page:SettingsPage",
    "importing": "kapperboek.ui.importing.importing_page:ImportPage",
}
DIALOGS = {
    "visit": "kapperboek.ui.moments.visit_dialog:VisitDialog",
    "contact": "kapperboek.ui.moments.contact_dialog:ContactDialog",
    "follow_up": "kapperboek.ui.follow_ups.follow_up_dialog:FollowUpDialog",
    "customer": "kapperboek.ui.customer_form.customer_dialog:CustomerDialog",
    "appointment": "kapperboek.ui.moments.appointment_dialog:AppointmentDialog",
    "changes": "kapperboek.ui.window.changes_dialog:ChangesDialog",
    "take_back": "kapperboek.ui.window.undo_dialog:TakeBackDialog",
    "call": "kapperboek.ui.moments.call_dialog:CallDialog",
    "passphrase": "kapperboek.ui.settings.keeping.passphrase_dialog:PassphraseDialog",
    "pin": "kapperboek.ui.locking.pin_dialog:PinDialog",
    "recovery": "kapperboek.ui.settings.keeping.recovery_dialog:RecoveryDialog",
    "new_key": "kapperboek.ui.settings.keeping.new_key_dialog:NewKeyDialog",
    "restore": "kapperboek.ui.settings.keeping.restore_dialog:RestoreDialog",
    "consent": "kapperboek.ui.privacy.consent_dialog:ConsentDialog",
    "health": "kapperboek.ui.privacy.health_dialog:HealthDialog",
    "health_offer": "kapperboek.ui.privacy.health_offer:HealthOfferDialog",
    "forget": "kapperboek.ui.privacy.forget_dialog:ForgetDialog",
    "retention": "kapperboek.ui.privacy.retention_dialog:RetentionDialog",
    "journal_years": "kapperboek.ui.settings.keeping.journal_years_dialog:JournalYearsDialog",
    "breach": "kapperboek.ui.privacy.breach_dialog:BreachDialog",
}


def topic_of(dialog: type) -> str:
    """Name under which the guide speaks of a dialog; that of its module when it is not opened by name."""
    place = f"{dialog.__module__}:{dialog.__qualname__}"
    return next((name for name, known in DIALOGS.items() if known == place), dialog.__module__.rpartition(".")[2])
