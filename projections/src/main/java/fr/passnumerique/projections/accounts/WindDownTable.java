package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.projections.loop.ToldCaveats;
import java.io.IOException;
import java.io.Writer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A wind-down as a table: a row per venue, then one per funder and agreement. */
public final class WindDownTable {
  private static final Table<Row> COLUMNS =
      Table.<Row>of()
          .text(
              "nature",
              "Nature",
              Row::nature,
              row -> row.nature().equals("venue") ? "Lieu" : "Financeur")
          .code("id", "Identifiant", Row::id)
          .text("name", "Nom", Row::name)
          .code("agreement", "Convention", Row::agreement)
          .cents("claimCents", "Créance du lieu", Row::claim)
          .cents("owedCents", "dont accepté non viré", Row::owed)
          .cents("undebitedCents", "dont virement non débité", Row::undebited)
          .cents("receivableCents", "Indus à recouvrer", Row::receivable)
          .cents("remainderCents", "Reliquat du financeur", Row::remainder)
          .cents("unallocatedCents", "dont non affecté", Row::unallocated)
          .cents("dueBackCents", "dont à restituer", Row::dueBack)
          .cents("outstandingCents", "dont chèques en circulation", Row::outstanding)
          .cents("missingCents", "Manquant", Row::missing);

  private WindDownTable() {}

  /** In cents; null where a column is not of its kind. */
  private record Row(
      String nature,
      String id,
      String name,
      @Nullable String agreement,
      @Nullable Long claim,
      @Nullable Long owed,
      @Nullable Long undebited,
      Long receivable,
      @Nullable Long remainder,
      @Nullable Long unallocated,
      @Nullable Long dueBack,
      @Nullable Long outstanding,
      @Nullable Long missing) {

    static Row of(WindDown.OfVenue venue) {
      return new Row(
          "venue",
          venue.venue(),
          venue.name(),
          null,
          venue.claimCents(),
          venue.owedCents(),
          venue.undebitedCents(),
          venue.receivableCents(),
          null,
          null,
          null,
          null,
          null);
    }

    static Row of(WindDown.OfFunder funder) {
      return new Row(
          "funder",
          funder.funder(),
          funder.name(),
          funder.agreement(),
          null,
          null,
          null,
          funder.toRecoverCents(),
          funder.remainderCents(),
          funder.unallocatedCents(),
          funder.dueBackCents(),
          funder.outstandingCents(),
          funder.missingCents());
    }
  }

  /**
   * @param to is flushed and left open
   */
  public static void write(WindDown windDown, TableFormat format, Writer to) throws IOException {
    columns(windDown).write(format, rows -> each(windDown, rows), to);
  }

  private static Table<Row> columns(WindDown windDown) {
    return ToldCaveats.beside(COLUMNS, windDown.caveats());
  }

  private static void each(WindDown windDown, Consumer<Row> rows) {
    windDown.venues().forEach(venue -> rows.accept(Row.of(venue)));
    windDown.funders().forEach(funder -> rows.accept(Row.of(funder)));
  }

  /** As a file. */
  static void send(WindDown windDown, TableDownload to) throws IOException {
    to.send(columns(windDown), rows -> each(windDown, rows), "cessation-" + windDown.position());
  }
}
