package fr.passnumerique.ui.words;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.ledger.RefusalCode;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever field or parameter a refusal names, a page can name in French. */
class EveryFieldHasALabelTest {
  private static final Pattern FIELD = Pattern.compile("[a-z]+([A-Z][a-z]*)*(\\.[a-z]+)?");

  /** What a refusal is or is made of: whoever makes one is handed the field. */
  private static final Set<String> REFUSALS =
      Set.of(descriptor(Refusal.class), descriptor(Problem.class), descriptor(Problem.Fault.class));

  /** The enums of codes: whoever is handed one is handed the field beside it. */
  private static final Set<String> CODES = codes();

  /** Written like fields beside them: words of English sentences, a header, a kind of file. */
  private static final Set<String> NO_FIELDS =
      Set.of("add", "close", "continue", "csv", "issued", "it", "less", "more", "waives");

  @Test
  void everyFieldThatARefusalNamesHasALabel() {
    Set<String> unnamed = fields();
    unnamed.removeIf(field -> !Fields.labelOf(field).equals(field));

    assertThat(unnamed).as("fields that a page would name as programs do").isEmpty();
  }

  @Test
  void thereAreAsManyFieldsAsOneWouldThink() {
    assertThat(fields())
        .hasSizeGreaterThan(90)
        .contains("cutOffDay", "digest", "expectDigest", "signedOn", "charges.cents");
  }

  private static Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    for (ClassModel model : EveryRefusalHasWordsTest.CLASSES) {
      model
          .methods()
          .forEach(method -> method.code().ifPresent(code -> fields.addAll(fieldsIn(code))));
    }
    fields.removeAll(NO_FIELDS);
    return fields;
  }

  /** What is written like a field's name and handed to whoever makes a refusal. */
  private static List<String> fieldsIn(CodeModel code) {
    List<String> fields = new ArrayList<>();
    List<String> handed = new ArrayList<>();
    for (CodeElement element : code) {
      if (element instanceof ConstantInstruction constant
          && constant.constantValue() instanceof String text
          && FIELD.matcher(text).matches()) {
        handed.add(text);
      } else if (element instanceof InvokeInstruction invoke && makesRefusal(invoke)) {
        fields.addAll(handed);
        handed.clear();
      } else if (element instanceof StoreInstruction
          || element instanceof StackInstruction stack && stack.opcode() == Opcode.POP) {
        handed.clear();
      }
    }
    return fields;
  }

  private static boolean makesRefusal(InvokeInstruction invoke) {
    MethodTypeDesc type = invoke.typeSymbol();
    return invoke.name().equalsString("<init>")
        ? REFUSALS.contains("L" + invoke.owner().asInternalName() + ";")
        : REFUSALS.contains(type.returnType().descriptorString())
            || type.parameterList().stream().anyMatch(p -> CODES.contains(p.descriptorString()));
  }

  private static Set<String> codes() {
    return EveryRefusalHasWordsTest.CLASSES.stream()
        .filter(model -> EveryRefusalHasWordsTest.has(model, RefusalCode.class))
        .map(model -> "L" + model.thisClass().asInternalName() + ";")
        .collect(Collectors.toSet());
  }

  private static String descriptor(Class<?> type) {
    return type.descriptorString();
  }
}
