package dev.tokenlife.examples.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.examples.attendance.School.One;
import dev.tokenlife.examples.attendance.lesson.CodeType;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The application on Azure Table Storage: its five tables as people and other programs see them.
 */
@WithAzurite
final class AzureStoresTest {
  private static final Options OPTIONS = School.rules(Duration.ofSeconds(30), false);
  private final TableServiceClient sdk = AzuriteExtension.shared().sdk();
  private final Map<String, String> environment =
      Map.of(
          AzureStores.CONNECTION,
          AzuriteExtension.shared().connectionString(),
          AzureStores.KEYS,
          "1:" + KeyRing.newKey().reveal());

  @Test
  void everyTable_hasItsColumns_inUnixSeconds() throws IOException {
    try (School school = school()) {
      long before = System.currentTimeMillis() / 1000;
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      List<One> students = school.students(2, session);
      String chain = school.seed(teacher, session, "EXIT", 1).get(0);
      One first = school.holder(students, session, chain);
      One second = students.get(1 - students.indexOf(first));
      assertThat(second.scan(session, first.poll(session).text("token")).isHolder()).isTrue();
      teacher.get("/api/sessions/" + session + "/dashboard");

      assertThat(types(row("Sessions", "SESSION", session)))
          .isEqualTo(
              Map.of(
                  "classId", "String",
                  "teacherId", "String",
                  "startAt", "Long",
                  "status", "String",
                  "createdAt", "Long"));
      TableEntity exited = row("Attendance", session, first.id());
      assertThat(types(exited))
          .containsEntry("exitVerified", "Boolean")
          .containsEntry("joinedAt", "Long")
          .containsEntry("exitedAt", "Long");
      assertThat((Long) exited.getProperty("exitedAt")).isBetween(before, before + 300);
      assertThat(exited.getProperty("exitVerified")).isEqualTo(true);
      assertThat(types(row("UserSessions", second.id(), session)))
          .isEqualTo(Map.of("role", "String", "joinedAt", "Long", "status", "String"));
      assertThat(row("UserSessions", teacher.id(), session).getProperty("role"))
          .isEqualTo("teacher");
      chainAndToken(session, chain, second.id());
    }
  }

  private void chainAndToken(String session, String chain, String holder) {
    assertThat(types(row("Chains", session, "c:" + chain)).keySet())
        .containsAll(
            Set.of("type", "state", "currentToken", "previousToken", "rotationCount", "seq"))
        .contains("lastRotation", "lastHolder");
    TableEntity token = rows("Tokens", session).get(0);
    assertThat(rows("Tokens", session)).hasSize(1);
    assertThat(types(token))
        .isEqualTo(
            Map.of(
                "chainId", "String",
                "holderId", "String",
                "seq", "Long",
                "expiresAt", "Long",
                "createdAt", "Long"));
    assertThat(token.getProperty("holderId")).isEqualTo(holder);
    long shownFor = (Long) token.getProperty("expiresAt") - (Long) token.getProperty("createdAt");
    assertThat(shownFor).as("30 s and the overlap, in seconds").isBetween(32L, 34L);
  }

  @Test
  void anEndedSession_leavesNoToken_andNobodyInIt_andKeepsTheRest() throws IOException {
    try (School school = school()) {
      One teacher = school.teacher("Ms Noether");
      String session = school.session(teacher);
      List<One> students = school.students(4, session);
      List<String> chains = school.seed(teacher, session, "ENTRY", 3);
      assertThat(rows("Tokens", session)).hasSize(3);
      teacher.post("/api/sessions/" + session + "/end", Map.of());

      assertThat(rows("Tokens", session)).isEmpty();
      students.forEach(student -> assertThat(rows("UserSessions", student.id())).isEmpty());
      assertThat(rows("UserSessions", teacher.id())).isEmpty();
      assertThat(rows("Attendance", session)).hasSize(4);
      assertThat(row("Sessions", "SESSION", session).getProperty("status")).isEqualTo("ENDED");
      for (String chain : chains) {
        assertThat(row("Chains", session, "c:" + chain).getProperty("state")).isEqualTo("CLOSED");
      }
    }
  }

  @Test
  void twoProcesses_shareOneClass() throws IOException {
    try (School here = school();
        School there = school()) {
      One teacher = here.teacher("Ms Noether");
      String session = here.session(teacher);
      List<One> students = here.students(2, session);
      String chain = here.seed(teacher, session, "ENTRY", 1).get(0);
      One first = here.holder(students, session, chain);
      One second = students.get(1 - students.indexOf(first));
      String token = there.as(first).poll(session, chain).text("token");
      assertThat(token).as("one token, whoever is asked").isNotEmpty();
      assertThat(first.poll(session, chain).text("token")).isEqualTo(token);
      assertThat(there.as(second).scan(session, token).isHolder()).isTrue();
      assertThat(first.poll(session, chain).isHolder()).isFalse();
      assertThat(second.poll(session, chain).isHolder()).isTrue();
    }
  }

  @Test
  void aSessionOfAnOlderApplication_goesOn() throws IOException {
    String session = "older" + ProcessHandle.current().pid();
    String chain = "8c1f2b34-0d5e-4f60-9a7b-1c2d3e4f5a6b";
    school().close();
    older(session, chain);
    try (School school = school()) {
      assertThat(school.chains().list(session)).hasSize(1);
      One ben = school.student("Ben");
      ben.post("/api/sessions/" + session + "/join", Map.of());
      String token = school.shown(session, chain, "ann");
      assertThat(ben.scan(session, token).isHolder()).isTrue();
      TableEntity ann = row("Attendance", session, "ann");
      assertThat(ann.getProperty("exitVerified")).isEqualTo(true);
      assertThat(ann.getProperty("seat")).as("what we know nothing of").isEqualTo(2.5);
    }
  }

  private void older(String session, String chain) {
    create(
        "Sessions",
        new TableEntity("SESSION", session)
            .addProperty("classId", "Physics")
            .addProperty("teacherId", "curie")
            .addProperty("startAt", 1_700_000_000L)
            .addProperty("status", "ACTIVE")
            .addProperty("createdAt", 1_700_000_000L));
    create(
        "Attendance",
        new TableEntity(session, "ann")
            .addProperty("exitVerified", false)
            .addProperty("joinedAt", 1_700_000_000)
            .addProperty("seat", 2.5));
    create(
        "UserSessions",
        new TableEntity("ann", session)
            .addProperty("role", "student")
            .addProperty("joinedAt", 1_700_000_000L)
            .addProperty("status", "active"));
    create(
        "Chains",
        new TableEntity(session, chain)
            .addProperty("type", CodeType.EXIT.name())
            .addProperty("state", "ACTIVE")
            .addProperty("lastHolder", "ann")
            .addProperty("rotationCount", 4L)
            .addProperty("lastRotation", 1_700_000_100L)
            .addProperty("seq", 2L));
  }

  @Test
  void withoutWhatItNeeds_itSaysWhichVariable_andTheNextStep() {
    Map<String, String> some = new HashMap<>(environment);
    some.remove(AzureStores.KEYS);
    assertThatThrownBy(() -> Stores.open("azure", some))
        .hasMessageContaining(AzureStores.KEYS)
        .hasMessageContaining("openssl rand -base64 32");
    some.put(AzureStores.KEYS, "1:short");
    assertThatThrownBy(() -> Stores.open("azure", some))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(AzureStores.KEYS);
    some.put(AzureStores.CONNECTION, "http://somewhere");
    some.put(AzureStores.KEYS, environment.get(AzureStores.KEYS));
    assertThatThrownBy(() -> Stores.open("azure", some))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(AzureStores.CONNECTION);
    some.remove(AzureStores.CONNECTION);
    assertThatThrownBy(() -> Stores.open("azure", some))
        .hasMessageContaining(AzureStores.CONNECTION)
        .hasMessageContaining("examples/attendance/emulator");
  }

  private School school() throws IOException {
    return School.inRealTime(OPTIONS, Stores.open("azure", environment));
  }

  private void create(String table, TableEntity entity) {
    sdk.getTableClient(table).createEntity(entity);
  }

  private TableEntity row(String table, String partition, String id) {
    return sdk.getTableClient(table).getEntity(partition, id);
  }

  private List<TableEntity> rows(String table, String partition) {
    String filter = "PartitionKey eq '" + partition + "'";
    return sdk
        .getTableClient(table)
        .listEntities(new ListEntitiesOptions().setFilter(filter), null, null)
        .stream()
        .toList();
  }

  /** The columns somebody chose, and what the service says they are. */
  private static Map<String, String> types(TableEntity entity) {
    Map<String, String> types = new TreeMap<>();
    entity
        .getProperties()
        .forEach((name, value) -> types.put(name, value.getClass().getSimpleName()));
    types.keySet().removeAll(Set.of("PartitionKey", "RowKey", "Timestamp"));
    types.keySet().removeIf(name -> name.contains("odata."));
    return types;
  }
}
