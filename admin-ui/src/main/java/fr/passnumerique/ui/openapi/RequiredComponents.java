package fr.passnumerique.ui.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of records what reading them demands: all but optional components are required. */
final class RequiredComponents implements ModelConverter {
  private static final Set<Class<?>> OPTIONALS =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    Schema<?> schema = chain.next().resolve(type, context, chain);
    Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
    if (schema != null && raw.isRecord()) {
      String ref = schema.get$ref();
      Schema<?> model =
          ref == null
              ? schema
              : context.getDefinedModels().get(ref.substring(ref.lastIndexOf('/') + 1));
      if (model != null && model.getProperties() != null) {
        for (RecordComponent component : raw.getRecordComponents()) {
          require(model, component, leavesOutWhatIsEmpty(raw));
        }
      }
    }
    return schema;
  }

  private static boolean leavesOutWhatIsEmpty(Class<?> of) {
    JsonInclude included = of.getAnnotation(JsonInclude.class);
    return included != null && included.value() == JsonInclude.Include.NON_EMPTY;
  }

  private static boolean canBeEmpty(Class<?> type) {
    return Collection.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)
        || type.equals(String.class);
  }

  private static void require(
      Schema<?> model, RecordComponent component, boolean leavesOutWhatIsEmpty) {
    String name = component.getName();
    boolean optional =
        OPTIONALS.contains(component.getType())
            || leavesOutWhatIsEmpty && canBeEmpty(component.getType())
            || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    boolean known = model.getRequired() != null && model.getRequired().contains(name);
    if (!optional && !known && model.getProperties().containsKey(name)) {
      model.addRequiredItem(name);
    }
  }

  @Override
  public boolean isOpenapi31() {
    return true;
  }
}
