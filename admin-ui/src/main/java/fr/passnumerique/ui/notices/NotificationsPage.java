package fr.passnumerique.ui.notices;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.notices.NoticeEndpoint;
import fr.passnumerique.ui.live.Live;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What has happened that concerns whoever looks. Opening the page marks nothing as seen: a page
 * that renews itself in a tab behind would have seen all of it.
 */
@Controller
final class NotificationsPage {
  private static final String PATH = "/notifications";
  private static final int SHOWN = 20;

  private final NoticeEndpoint notices;

  NotificationsPage(NoticeEndpoint notices) {
    this.notices = notices;
  }

  /**
   * @param after as the page before links to it
   */
  @GetMapping(PATH)
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Live
  String show(
      Actor actor,
      @RequestParam(name = "apres", required = false) @Nullable String after,
      Model model) {
    NoticeEndpoint.Notifications read = notices.readNotifications(after, SHOWN, actor);
    model.addAttribute(
        "told", read.notifications().stream().map(row -> Told.of(row, actor)).toList());
    model.addAttribute("unseen", read.unseen());
    model.addAttribute("newest", read.newest());
    model.addAttribute("next", read.next().orElse(null));
    model.addAttribute("first", after == null);
    return "notifications";
  }

  /**
   * @param until the newest when the page was made: what has come since stays new
   */
  @PostMapping(PATH + "/vues")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  String markSeen(Actor actor, @RequestParam("until") long until, RedirectAttributes redirected) {
    notices.markNotificationsSeen(new NoticeEndpoint.SeenBody(until), actor);
    redirected.addFlashAttribute("marked", true);
    return "redirect:" + PATH;
  }
}
