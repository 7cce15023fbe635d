package fr.passnumerique.clearing.notices;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.http.PageSize;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What has happened that concerns whoever asks. */
@RestController
public final class NoticeEndpoint {
  private static final int LONGEST_PAGE = NoticeRegister.KEPT_OF_OPERATOR;

  private final NoticeQuery notices;

  NoticeEndpoint(NoticeQuery notices) {
    this.notices = notices;
  }

  /**
   * @param at when it was recorded, UTC
   * @param about what it is about, as its kind says
   * @param cents 0 where it is about none
   * @param count of lines, cheques or percent, as its kind says; 0 where it counts nothing
   * @param on the day from which or by which it holds, Europe/Paris
   */
  @Schema(name = "Notification")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Row(
      long position,
      Instant at,
      NoticeKind kind,
      String about,
      long cents,
      int count,
      Optional<LocalDate> on,
      boolean seen) {}

  /**
   * @param unseen of all that are kept, whatever the page
   * @param newest position of the newest: what {@code markNotificationsSeen} takes to have seen all
   *     that this answer tells of; 0 if there is none
   * @param next what the next page begins after; left out on the last
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Notifications(
      int count,
      int unseen,
      long seenUntil,
      long newest,
      List<Row> notifications,
      Optional<String> next) {}

  @GetMapping("/api/notifications")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Operation(
      operationId = "readNotifications",
      summary = "What has happened that concerns you, the newest first",
      description =
          """
          A venue, funder or prescriber reads its own, a clerk the operator's, an auditor what was \
          recorded against the usual course of the books. The newest 50 are kept of a venue, funder \
          or prescriber, the newest 500 of clerks and of auditors; what waits to be done is told by \
          `readWorklist`, whole. What an account did itself it is not notified of.\
          """)
  public Notifications readNotifications(
      @Parameter(description = "What the page before names as next")
          @RequestParam(name = "after", required = false)
          @Nullable String after,
      @Parameter(description = "Notifications a page, at most 500")
          @RequestParam(name = "limit", defaultValue = "50")
          int limit,
      Actor actor) {
    PageSize.require(limit, LONGEST_PAGE);
    NoticeQuery.Read read = notices.read(actor, after, limit);
    Page<Notice> page = read.page();
    return new Notifications(
        page.count(),
        read.unseen(),
        read.seenUntil(),
        read.newest(),
        page.rows().stream().map(notice -> row(notice, read.seenUntil())).toList(),
        page.next());
  }

  private static Row row(Notice notice, long seenUntil) {
    return new Row(
        notice.position(),
        notice.at(),
        notice.kind(),
        notice.about(),
        notice.cents(),
        notice.count(),
        notice.on(),
        notice.position() <= seenUntil);
  }

  /**
   * @param until position of the newest that was looked at
   */
  @Schema(name = "MarkNotificationsSeen")
  public record SeenBody(@Schema(example = "4711", minimum = "0") long until) {}

  /**
   * @param unseen what came since
   */
  public record Marked(long seenUntil, int unseen) {}

  @PostMapping("/api/notifications/seen")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Operation(
      operationId = "markNotificationsSeen",
      summary = "Mark as seen what you were notified of up to a position",
      description =
          """
          For your account alone: another login of the same venue sees them as unseen still. What is \
          seen stays so, a lower position changes nothing, and what came after the answer that was \
          looked at stays unseen.\
          """)
  public Marked markNotificationsSeen(@RequestBody SeenBody body, Actor actor) {
    NoticeQuery.Read read = notices.markSeen(actor, body.until());
    return new Marked(read.seenUntil(), read.unseen());
  }
}
