package fr.passnumerique.ui.openapi;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Says of each of several kinds by which name it is known: without, whatever has the fields of one
 * and more is of several at once.
 */
final class NamedKinds implements ModelConverter, GlobalOpenApiCustomizer {
  private static final SchemaNames NAMES = new SchemaNames();

  /** Those described, of which there are several kinds. */
  private final Set<Class<?>> families = ConcurrentHashMap.newKeySet();

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
    if (raw.isAnnotationPresent(JsonSubTypes.class) && raw.isInterface()) {
      families.add(raw);
    }
    return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
  }

  @Override
  public void customise(OpenAPI api) {
    Map<String, Schema> models = api.getComponents().getSchemas();
    for (Class<?> family : families) {
      String property = annotation(family, JsonTypeInfo.class).property();
      Discriminator discriminator = new Discriminator().propertyName(property);
      for (JsonSubTypes.Type kind : annotation(family, JsonSubTypes.class).value()) {
        String model = NAMES.nameForType(Json31.mapper().constructType(kind.value()));
        discriminator.mapping(kind.name(), Components.COMPONENTS_SCHEMAS_REF + model);
        name(Objects.requireNonNull(models.get(model), model), property, kind.name());
      }
      models.values().stream()
          .flatMap(NamedKinds::parts)
          .filter(part -> isOneOf(part, discriminator))
          .forEach(part -> part.setDiscriminator(discriminator));
    }
  }

  private static <A extends Annotation> A annotation(Class<?> of, Class<A> type) {
    return Objects.requireNonNull(of.getAnnotation(type), of.getName());
  }

  /** Beside what is its own, which is the part that refers to no other. */
  private static void name(Schema<?> kind, String property, String name) {
    Schema<?> own =
        kind.getAllOf() == null
            ? kind
            : kind.getAllOf().stream()
                .filter(part -> part.get$ref() == null)
                .findFirst()
                .orElse(kind);
    Schema<?> text = new JsonSchema().types(Set.of("string"));
    text.setConst(name);
    own.addProperty(property, text);
    if (kind.getRequired() == null || !kind.getRequired().contains(property)) {
      kind.addRequiredItem(property);
    }
  }

  /** The properties of a model, and what lists among them are of. */
  private static Stream<Schema<?>> parts(Schema<?> model) {
    return model.getProperties() == null
        ? Stream.empty()
        : model.getProperties().values().stream()
            .flatMap(property -> Stream.<Schema<?>>of(property, property.getItems()))
            .filter(Objects::nonNull);
  }

  private static boolean isOneOf(Schema<?> part, Discriminator discriminator) {
    return part.getOneOf() != null
        && part.getOneOf().stream()
            .allMatch(each -> discriminator.getMapping().containsValue(each.get$ref()));
  }

  @Override
  public boolean isOpenapi31() {
    return true;
  }
}
