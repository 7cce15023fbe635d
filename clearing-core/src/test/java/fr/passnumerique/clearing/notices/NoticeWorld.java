package fr.passnumerique.clearing.notices;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** A register that folds golden samples of facts, changed where a test says so. */
final class NoticeWorld {
  static final Instant NINE = Instant.parse("2026-03-02T08:00:00Z");

  final NoticeRegister register = new NoticeRegister("50,80,95");
  private long position;

  /** The next fact of the ledger. */
  long fold(String type) {
    return fold(type, _ -> {});
  }

  long fold(String type, Consumer<ObjectNode> change) {
    FactType of =
        FactSamples.types().filter(each -> each.name().equals(type)).findFirst().orElseThrow();
    ObjectNode json;
    try {
      json = (ObjectNode) FactCatalogue.JSON.readTree(FactSamples.sample(of));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    change.accept(json);
    position++;
    register.fold(
        FactCatalogue.JSON.treeToValue(json, of.fact()), position, NINE.plusSeconds(position));
    return position;
  }

  /** Those of a reader, the newest last, each as {@code KIND about cents/count}. */
  List<String> of(Reader reader) {
    return register.of(reader).stream()
        .map(
            notice ->
                "%s %s %d/%d"
                    .formatted(notice.kind(), notice.about(), notice.cents(), notice.count()))
        .toList();
  }
}
