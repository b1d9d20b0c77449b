"""The table of rights (see test_matrix): who gets what, at every address.

Kinds of records that everybody is treated alike at share their lines: ``FAMILIES`` says which.
"""

# family: (pages of the admin, kinds of records)
FAMILIES = {
    "units_holiday": ("changelist add history delete change", "units_holiday"),
    "RECORD": (
        "changelist add history delete change",
        "units_unityear units_department members_member members_organisation "
        "members_contact members_consent members_correctionrequest members_legalhold "
        "members_membership members_employment members_appointment members_title "
        "members_education members_honour activities_activity activities_theme "
        "activities_series activities_aidround activities_gift activities_recipient "
        "consultations_consultation consultations_suggestion consultations_proposal "
        "consultations_promise consultations_policy reports_outline "
        "reports_report",
    ),
    "GROUP1": (
        "changelist add history delete change",
        "units_unit units_user",
    ),
    "members_party": (
        "changelist add history delete change",
        "members_party",
    ),
    "auth_group": (
        "changelist add history delete change",
        "auth_group",
    ),
}

# address                                   cle sec adm aud vie col dis nob
TABLE = """
login                                       >>  >>  >>  >>  >>  >>  >>  ++
logout                                      -s  -s  -s  -s  -s  -s  -s  ss
language                                    ->  ->  ->  ->  ->  ->  ->  ->
account                                     ++  ++  ++  ++  ++  ++  ++  ss
enter-code                                  ss  ss  ss  ss  ss  ss  ss  ss
confirm-sign-in                             ++  ++  ++  ++  ++  ++  ++  ss
change-password                             ++  ++  ++  ++  ++  ++  ++  ss
end-session                                 ->  ->  ->  ->  ->  ->  ->  ss
set-up-second-factor                        ++  ++  ++  ++  ++  ++  ++  ss
renew-recovery-codes                        ->  ->  ->  ->  ->  ->  ->  ss
remove-second-factor                        ->  ->  ->  ->  ->  ->  ->  ss
draft                                       ++  ++  ++  ++  ++  ++  ++  ++
discard-draft                               -+  -+  -+  -+  -+  -+  -+  ss
other-accounts                              x-  x-  +-  x-  x-  x-  x-  ss
other-account                               x-  x-  +-  x-  x-  x-  x-  ss
unlock-account                              -x  -x  ->  -x  -x  -x  -x  ss
sign-account-out                            -x  -x  ->  -x  -x  -x  -x  ss
disable-account                             -x  -x  ->  -x  -x  -x  -x  ss
reset-password-of                           -x  -x  -+  -x  -x  -x  -x  ss
reset-second-factor-of                      -x  -x  ->  -x  -x  -x  -x  ss
access                                      +x  ++  ..  ..  +x  ..  ..  ss
withdraw-access                             -x  ->  -.  -.  -x  -.  -.  ss
save-view                                   ->  ->  -x  -x  ->  -.  -.  ss
remove-view                                 ->  -.  -x  -x  -.  -.  -.  ss
add-evidence                                ->  ->  -x  -x  -x  -.  -.  ss
add-evidence-address                        ++  ++  xx  xx  xx  ..  ..  ss
edit-evidence                               ++  ++  xx  xx  xx  ..  ..  ss
mark-not-needed                             ->  ->  -x  -x  -x  -.  -.  ss
delete-evidence                             ++  ++  xx  xx  xx  ..  ..  ss
evidence-file                               +-  +-  x-  x-  +-  .-  .-  ss
evidence-thumbnail                          +-  +-  x-  x-  +-  .-  .-  ss
imports                                     ++  ++  xx  xx  xx  ..  ..  ss
import-heading                              ->  ->  -x  -x  -x  -.  -.  ss
import-template                             +-  +-  x-  x-  x-  .-  .-  ss
import                                      +-  +-  x-  x-  x-  .-  .-  ss
import-faults                               +-  +-  x-  x-  x-  .-  .-  ss
import-row                                  ++  ++  xx  xx  xx  ..  ..  ss
import-store                                ->  ->  -x  -x  -x  -.  -.  ss
import-undo                                 ->  ->  -x  -x  -x  -.  -.  ss
import-again                                ->  ->  -x  -x  -x  -.  -.  ss
import-drop                                 ->  ->  -x  -x  -x  -.  -.  ss
log                                         x-  x-  x-  +-  x-  x-  x-  ss
log-event                                   x-  x-  x-  +-  x-  x-  x-  ss
log-file                                    x-  x-  x-  +-  x-  x-  x-  ss
admin:index                                 ++  ++  ++  >>  >>  ++  >>  >>
admin:login                                 >>  >>  >>  xx  xx  >>  xx  ss
admin:logout                                -s  -s  -s  >>  >>  -s  >>  >>
admin:password_change                       >>  >>  >>  >>  >>  >>  >>  >>
admin:password_change_done                  +-  +-  +-  >>  >>  +-  >>  >>
admin:autocomplete                          x-  x-  x-  >>  >>  x-  >>  >>
admin:jsi18n                                +-  +-  +-  >>  >>  +-  >>  >>
admin:view_on_site                          ..  ..  ..  >>  >>  ..  >>  >>
admin:<path:object_id>/                     >>  >>  >>  >>  >>  >>  >>  ss
admin:app_list                              ++  ++  ..  >>  >>  ++  >>  >>
admin:(?P<url>.*)$                          ..  ..  ..  >>  >>  ..  >>  >>
people                                      ++  ++  xx  xx  xx  ++  xx  ss
person-requests                             +-  +-  x-  x-  x-  +-  x-  ss
person-request                              ++  ++  xx  xx  xx  ..  xx  ss
person-retention                            +-  +-  x-  x-  x-  +-  x-  ss
person-blank                                -x  ->  -x  -x  -x  -x  -x  ss
field-register                              +-  +-  x-  x-  x-  +-  x-  ss
person-notice                               +-  +-  x-  x-  x-  .-  x-  ss
person-contact                              ++  ++  xx  xx  xx  ..  xx  ss
person-sheet                                +-  +-  x-  x-  x-  .-  x-  ss
person-sheet-file                           +-  +-  x-  x-  x-  .-  x-  ss
person-new-request                          ++  ++  xx  xx  xx  ..  xx  ss
person-erase                                xx  ++  xx  xx  xx  xx  xx  ss
home                                        >-  >-  >-  >-  >-  >-  +-  ss
talks                                       +-  +-  x-  x-  +-  .-  .-  ss
new-talk                                    ++  ++  xx  xx  xx  ..  ..  ss
edit-talk                                   ++  ++  xx  xx  xx  ..  ..  ss
delete-talk                                 ++  ++  xx  xx  xx  ..  ..  ss
talk-followed-up                            ->  ->  -x  -x  -x  -.  -.  ss
new-pair                                    ++  ++  xx  xx  xx  ..  ..  ss
edit-pair                                   ++  ++  xx  xx  xx  ..  ..  ss
search                                      ++  ++  xx  xx  ++  ..  ..  ss
aid-rounds                                  +>  +>  xx  xx  +>  ..  ..  ss
new-aid-round                               ++  ++  xx  xx  xx  ..  ..  ss
aid-round                                   +-  +-  x-  x-  +-  .-  .-  ss
edit-aid-round                              ++  ++  xx  xx  xx  ..  ..  ss
aid-round-sheet                             +-  +-  x-  x-  +-  .-  .-  ss
new-gift                                    ++  ++  xx  xx  xx  ..  ..  ss
new-grants                                  ++  ++  xx  xx  xx  ..  ..  ss
edit-gift                                   ++  ++  xx  xx  xx  ..  ..  ss
edit-grant                                  ++  ++  xx  xx  xx  ..  ..  ss
close-aid-round                             ++  ++  xx  xx  xx  ..  ..  ss
reopen-aid-round                            ++  ++  xx  xx  xx  ..  ..  ss
reverse-gift                                ++  ++  xx  xx  xx  ..  ..  ss
reverse-grant                               ++  ++  xx  xx  xx  ..  ..  ss
new-pledge                                  ++  ++  xx  xx  xx  ..  ..  ss
edit-pledge                                 ++  ++  xx  xx  xx  ..  ..  ss
unit-home                                   >-  >-  x-  x-  >-  .-  >-  ss
this-year                                   +-  +-  x-  x-  +-  .-  >-  ss
aims                                        ++  ++  xx  xx  xx  ..  ..  ss
person                                      +-  +-  x-  x-  +-  .-  .-  ss
new-person                                  ++  ++  xx  xx  xx  ..  ..  ss
edit-row                                    ++  ++  xx  xx  xx  ..  ..  ss
delete-row                                  ++  ++  xx  xx  xx  ..  ..  ss
person-leave                                ++  ++  xx  xx  xx  ..  ..  ss
person-retire                               ++  ++  xx  xx  xx  ..  ..  ss
person-return                               ++  ++  xx  xx  xx  ..  ..  ss
person-post                                 ++  ++  xx  xx  xx  ..  ..  ss
person-title                                ++  ++  xx  xx  xx  ..  ..  ss
person-join                                 ++  ++  xx  xx  xx  ..  ..  ss
end-post                                    ++  ++  xx  xx  xx  ..  ..  ss
leave-party                                 ++  ++  xx  xx  xx  ..  ..  ss
change-organisation                         ++  ++  xx  xx  xx  ..  ..  ss
roster                                      +>  +>  xx  xx  +>  ..  ..  ss
report-year                                 +-  +-  x-  x-  +-  .-  +-  ss
figure                                      +-  +-  x-  x-  +-  .-  .-  ss
report-preview                              +-  +-  x-  x-  +-  .-  .-  ss
report-file                                 +-  +-  x-  x-  +-  .-  .-  ss
suggestions                                 +>  +>  xx  xx  +>  ..  ..  ss
suggestion-board                            +-  +-  x-  x-  +-  .-  .-  ss
new-suggestion                              ++  ++  xx  xx  xx  ..  ..  ss
suggestion                                  +-  +-  x-  x-  +-  .-  .-  ss
suggestion-slip                             +-  +-  x-  x-  +-  .-  .-  ss
edit-suggestion                             ++  ++  xx  xx  xx  ..  ..  ss
reply                                       ++  ++  xx  xx  xx  ..  ..  ss
step                                        ++  ++  xx  xx  xx  ..  ..  ss
proposals                                   +>  +>  xx  xx  +>  ..  ..  ss
new-proposal                                ++  ++  xx  xx  xx  ..  ..  ss
proposal                                    +-  +-  x-  x-  +-  .-  .-  ss
edit-proposal                               ++  ++  xx  xx  xx  ..  ..  ss
promises                                    +-  +-  x-  x-  +-  .-  .-  ss
new-promise                                 ++  ++  xx  xx  xx  ..  ..  ss
edit-promise                                ++  ++  xx  xx  xx  ..  ..  ss
review-promise                              ++  ++  xx  xx  xx  ..  ..  ss
edit-review                                 ++  ++  xx  xx  xx  ..  ..  ss
report-promises                             ++  ++  xx  xx  xx  ..  ..  ss
suggestion-ledger                           +-  +-  x-  x-  +-  .-  .-  ss
suggestion-ledger-file                      +-  +-  x-  x-  +-  .-  .-  ss
reminders                                   +-  +-  x-  x-  +-  .-  .-  ss
results-notice                              +-  +-  x-  x-  +-  .-  .-  ss
report-begin                                ->  ->  -x  -x  -x  -.  -.  ss
report-desk                                 >-  >-  x-  x-  >-  .-  .-  ss
report-head                                 ++  ++  xx  xx  xx  ..  ..  ss
new-section                                 ++  ++  xx  xx  xx  ..  ..  ss
typed-preview                               -+  -+  -x  -x  -x  -.  -.  ss
figure-panel                                +-  +-  x-  x-  x-  .-  .-  ss
report-section                              ++  ++  xx  xx  xx  ..  ..  ss
move-section                                ->  ->  -x  -x  -x  -.  -.  ss
remove-section                              +>  +>  xx  xx  xx  ..  ..  ss
section-versions                            +-  +-  x-  x-  x-  .-  .-  ss
report-checks                               ++  ++  xx  xx  +x  ..  ..  ss
report-submit                               ->  ->  -x  -x  -x  -.  -.  ss
report-take-up                              ->  ->  -x  -x  -x  -.  -.  ss
report-return                               xx  ++  xx  xx  xx  ..  ..  ss
report-sign                                 xx  ++  xx  xx  xx  ..  ..  ss
report-sealed                               +-  +-  x-  x-  +-  .-  +-  ss
report-drift                                +-  +-  x-  x-  +-  .-  .-  ss
year-exceptions                             +x  ++  xx  xx  +x  ..  ..  ss
year-exception                              +-  +-  x-  x-  +-  .-  .-  ss
withdraw-year-exception                     -x  ->  -x  -x  -x  -.  -.  ss
activities                                  +>  +>  xx  xx  +>  ..  ..  ss
new-activity                                +-  +-  x-  x-  x-  .-  .-  ss
read-notice                                 -+  -+  -x  -x  -x  -.  -.  ss
enter-activity                              ++  ++  xx  xx  xx  ..  ..  ss
attendance-list                             -+  -+  -x  -x  -x  -.  -.  ss
suggestion-rows                             -+  -+  -x  -x  -x  -.  -.  ss
activity                                    +-  +-  x-  x-  +-  .-  .-  ss
edit-activity                               ++  ++  xx  xx  xx  ..  ..  ss
copy-activity                               +-  +-  x-  x-  x-  .-  .-  ss
sign-in-sheet                               +-  +-  x-  x-  +-  .-  .-  ss
delete-activity                             ++  ++  xx  xx  xx  ..  ..  ss
admin:RECORD_changelist                     ++  ++  xx  >>  >>  ++  >>  ss
admin:RECORD_add                            ++  ++  xx  >>  >>  ++  >>  ss
admin:RECORD_history                        ++  ++  ..  >>  >>  ..  >>  ss
admin:RECORD_delete                         ++  ++  xx  >>  >>  ..  >>  ss
admin:RECORD_change                         ++  ++  xx  >>  >>  ..  >>  ss
admin:members_member_export_xlsx            ++  ++  xx  >>  >>  ++  >>  ss
admin:members_member_export_csv             ++  ++  xx  >>  >>  ++  >>  ss
admin:members_member_merge                  ++  ++  xx  >>  >>  ..  >>  ss
admin:units_holiday_changelist              xx  xx  ++  >>  >>  xx  >>  ss
admin:units_holiday_add                     xx  xx  ++  >>  >>  xx  >>  ss
admin:units_holiday_history                 xx  xx  ++  >>  >>  xx  >>  ss
admin:units_holiday_delete                  xx  xx  ++  >>  >>  xx  >>  ss
admin:units_holiday_change                  xx  xx  ++  >>  >>  xx  >>  ss
admin:GROUP1_changelist                     xx  xx  ++  >>  >>  xx  >>  ss
admin:GROUP1_add                            xx  xx  ++  >>  >>  xx  >>  ss
admin:GROUP1_history                        ..  ..  ++  >>  >>  ..  >>  ss
admin:GROUP1_delete                         xx  xx  xx  >>  >>  xx  >>  ss
admin:GROUP1_change                         xx  xx  ++  >>  >>  xx  >>  ss
admin:members_party_changelist              ++  ++  xx  >>  >>  ++  >>  ss
admin:members_party_add                     xx  xx  xx  >>  >>  xx  >>  ss
admin:members_party_history                 ++  ++  xx  >>  >>  ++  >>  ss
admin:members_party_delete                  xx  xx  xx  >>  >>  xx  >>  ss
admin:members_party_change                  +x  +x  xx  >>  >>  +x  >>  ss
admin:auth_group_changelist                 xx  xx  xx  >>  >>  xx  >>  ss
admin:auth_group_add                        xx  xx  xx  >>  >>  xx  >>  ss
admin:auth_group_history                    xx  xx  xx  >>  >>  xx  >>  ss
admin:auth_group_delete                     xx  xx  xx  >>  >>  xx  >>  ss
admin:auth_group_change                     xx  xx  xx  >>  >>  xx  >>  ss
"""
