package fr.passnumerique.ui.notices;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.notices.NoticeEndpoint;
import fr.passnumerique.clearing.notices.NoticeKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What a venue was told of, made up. */
@Controller
public final class NotificationSpecimens {
  private static final Actor VENUE = new Actor("bus", Role.VENUE, "21230096100018");

  static NoticeEndpoint.Row row(NoticeKind kind, String about, boolean seen) {
    return new NoticeEndpoint.Row(
        4_711,
        Instant.parse("2026-11-21T08:05:00Z"),
        kind,
        about,
        1_234_50,
        3,
        Optional.of(LocalDate.of(2026, 12, 31)),
        seen);
  }

  @GetMapping("/specimen/notifications/{state}")
  String notifications(@PathVariable String state, Model model) {
    List<NoticeEndpoint.Row> rows =
        List.of(
            row(NoticeKind.PAID, "reglement-2026-11-7", false),
            row(NoticeKind.SLIP_WITH_REFUSED_LINES, "novembre-3", false),
            row(NoticeKind.TRANSFER_REJECTED, "reglement-2026-10-7", false),
            row(NoticeKind.LINES_REVERSED, "indu-7", true),
            row(NoticeKind.LABEL_SUSPENDED, "CP 14/2026", true),
            row(NoticeKind.ACCOUNT_CONFIRMED, VENUE.subject(), true));
    boolean empty = state.equals("empty");
    model.addAttribute(
        "told", empty ? List.of() : rows.stream().map(each -> Told.of(each, VENUE)).toList());
    model.addAttribute("unseen", state.equals("first") ? 3 : 0);
    model.addAttribute("newest", 4_711);
    model.addAttribute("first", !state.equals("last"));
    model.addAttribute("next", state.equals("first") ? "4702~PAID~r-1" : null);
    if (state.equals("last")) {
      model.addAttribute("marked", true);
    }
    return "notifications";
  }
}
