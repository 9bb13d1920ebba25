package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a batch.
 *
 * @param etag what the row must still have; null for no condition
 */
record Op(Type type, TableEntity entity, @Nullable String etag) {
  /** What is done to the row. Never a merge: it could not clear a column. */
  enum Type {
    INSERT(TableTransactionActionType.CREATE),
    REPLACE(TableTransactionActionType.UPDATE_REPLACE),
    UPSERT(TableTransactionActionType.UPSERT_REPLACE),
    DELETE(TableTransactionActionType.DELETE);

    private final TableTransactionActionType sdk;

    Type(TableTransactionActionType sdk) {
      this.sdk = sdk;
    }
  }

  static Op insert(TableEntity entity) {
    return new Op(Type.INSERT, entity, null);
  }

  static Op replace(TableEntity entity, String etag) {
    return new Op(Type.REPLACE, entity, Etags.require(etag));
  }

  static Op upsert(TableEntity entity) {
    return new Op(Type.UPSERT, entity, null);
  }

  /** Removes a row that must be there, whatever it has become. */
  static Op delete(String partitionKey, String rowKey) {
    return new Op(Type.DELETE, new TableEntity(partitionKey, rowKey), null);
  }

  static Op delete(String partitionKey, String rowKey, String etag) {
    return new Op(Type.DELETE, new TableEntity(partitionKey, rowKey), Etags.require(etag));
  }

  String rowKey() {
    return entity.getRowKey();
  }

  TableTransactionAction action() {
    return new TableTransactionAction(type.sdk, Etags.carry(entity, etag), etag != null);
  }
}
