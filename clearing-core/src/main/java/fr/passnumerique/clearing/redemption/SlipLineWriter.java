package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.redemption.SlipJudged.Line;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes what {@link SlipLineReader} reads, and for the same reason: bound by reflection, the lines
 * are most of what writing a slip's fact costs.
 */
final class SlipLineWriter extends StdSerializer<Line> {
  SlipLineWriter() {
    super(Line.class);
  }

  @Override
  public void serialize(Line line, JsonGenerator json, SerializationContext context) {
    json.writeStartObject();
    if (line.cheque().isPresent()) {
      json.writeStringProperty("cheque", line.cheque().get().text());
    }
    json.writeNumberProperty("visit", line.visit());
    if (line.rejected().isPresent()) {
      json.writeStringProperty("rejected", line.rejected().get().name());
    }
    if (line.on().isPresent()) {
      json.writeStringProperty("on", line.on().get().toString());
    }
    json.writeEndObject();
  }
}
