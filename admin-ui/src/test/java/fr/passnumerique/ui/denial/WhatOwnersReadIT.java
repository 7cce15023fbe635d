package fr.passnumerique.ui.denial;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.demo.RunningDemo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever a funder, a venue and a prescriber come to from their homes by links, pages and files:
 * what is read for them where PostgreSQL tells no rows apart stands here with its reason.
 */
class WhatOwnersReadIT {
  private static final String OWN = "of the account that is logged in";
  private static final String NAMES = "public names";
  private static final String PUBLIC =
      "the public register of venues; who may see accounts and reasons, the endpoint tells";
  private static final String BESIDE = "what must be said beside an answer";

  /** Pools: {@code ledger} is the role that records, {@code reader} reads all there is. */
  private static final Map<String, String> FOR_A_REASON =
      Map.ofEntries(
          entry("ledger access.account", OWN),
          entry("ledger access.notices_seen", OWN),
          entry("ledger access.recovery_code", OWN),
          entry("ledger access.revision", "whether what is known of logins still counts"),
          entry("ledger access.second_factor", OWN),
          entry("ledger access.session", OWN),
          entry("ledger vault.entry", "of the subject that is named"),
          entry("ledger vault.subject_key", "of the subject that is named"),
          entry("ledger ledger.event", "how far the ledger is"),
          entry("ledger ledger.event by ChequeHistories", "behind rows of a cheque that were seen"),
          entry("ledger ledger.event by LastConcern", "whether a page is to be made anew"),
          entry("ledger ledger.event by PastCover", "folded to sums"),
          entry("ledger ledger.event by ThingFacts", "what settles a call; the shape of a batch"),
          entry("ledger ledger.event by ThingPages", "when the last fact was recorded"),
          entry("ledger ledger.event by ToldFacts", "a programme's name; the shape of a batch"),
          entry("reader ledger.event", "where facts of a tag lie"),
          entry("reader projections.claim", "of a cheque of which a range was seen"),
          entry("reader projections.differences_accepted", BESIDE),
          entry("reader projections.funder", NAMES),
          entry("reader projections.journal", "causes of postings that were seen"),
          entry("reader projections.label_decision", PUBLIC),
          entry("reader projections.listed_point", PUBLIC),
          entry("reader projections.passed_over", BESIDE),
          entry("reader projections.point_of_service", NAMES),
          entry("reader projections.prescriber", NAMES),
          entry("reader projections.projection", "how far tables are"),
          entry("reader projections.rebuild", "which tables are shown"),
          entry("reader projections.vat_regime", PUBLIC),
          entry("reader projections.venue", NAMES),
          entry("reader projections.venue_identification", PUBLIC),
          entry("reader projections.venue_listing", PUBLIC),
          entry("reader projections.venue_waiver", PUBLIC));

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"#]*)\"");

  /** Of one shape so many are looked at: a list leads to as many pages as it has rows. */
  private static final int OF_EACH_SHAPE = 3;

  @RegisterExtension
  static final RunningDemo DEMO =
      RunningDemo.ofItsOwn("--spring.main.sources=" + Overheard.class.getName());

  @Test
  void whatIsReadWhereNoRowsAreSecuredHasAReason() throws Exception {
    Map<Role, String> logins =
        Map.of(
            Role.FUNDER, "departement-16",
            Role.VENUE, "bus-charente",
            Role.PRESCRIBER, "ccas-ruffec");
    Map<Role, DenialMatrix.Caller> callers = new HashMap<>();
    logins.forEach(
        (role, login) ->
            callers.put(role, new DenialMatrix.Caller(role, "", login, DEMO.password(login))));
    Browsers browsers = new Browsers(URI.create(DEMO.base()), callers);
    for (Role role : logins.keySet()) {
      assertThat(walked(browsers.of(role).http())).as(role + ": addresses").isGreaterThan(20);
    }

    assertThat(Overheard.UNSECURED).containsExactlyInAnyOrderElementsOf(FOR_A_REASON.keySet());
    assertThat(Overheard.SECURED)
        .contains(
            "reader ledger.event by SlipList",
            "reader ledger.event by HandOutList",
            "reader ledger.event by ThingFacts",
            "reader projections.posting",
            "reader projections.stock");
  }

  private static int walked(HttpClient browser) throws IOException, InterruptedException {
    Deque<String> next = new ArrayDeque<>(Set.of("/"));
    Set<String> known = new HashSet<>(next);
    Map<String, Integer> shapes = new HashMap<>();
    int walked = 0;
    while (!next.isEmpty()) {
      String path = next.removeFirst();
      HttpResponse<String> answer =
          browser.send(
              HttpRequest.newBuilder(URI.create(DEMO.base() + path))
                  .header("Accept", "text/html,*/*")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      walked++;
      if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
        continue;
      }
      Matcher link = LINK.matcher(answer.body().replace("&amp;", "&"));
      while (link.find()) {
        String to = link.group(1);
        String shape = to.replaceAll("\\?.*", "?").replaceAll("[^/]*[0-9][^/?]*", "1");
        if (known.add(to) && shapes.merge(shape, 1, Integer::sum) <= OF_EACH_SHAPE) {
          next.addLast(to);
        }
      }
    }
    return walked;
  }
}
