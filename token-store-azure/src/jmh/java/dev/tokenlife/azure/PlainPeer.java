package dev.tokenlife.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import dev.tokenlife.model.ChainRow;
import java.util.List;
import java.util.Map;

/** The same requests with the same columns by hand, with nothing between the caller and the SDK. */
final class PlainPeer implements Peer {
  private final TableClient table;
  private final RowCodec codec = new RowCodec("plain", new Keys(Map.of()));

  PlainPeer(TableClient table) {
    this.table = table;
  }

  @Override
  public String create(ChainRow row) {
    return etag(table.createEntityWithResponse(codec.entity(row), null, null));
  }

  @Override
  public String get(ChainRow row) {
    TableEntity there = table.getEntity(row.key().partition(), Keys.chain(row.key().id()));
    return there.getETag();
  }

  @Override
  public String update(ChainRow row, String version) {
    TableEntity entity = codec.entity(row);
    entity.addProperty("odata.etag", version);
    return etag(
        table.updateEntityWithResponse(entity, TableEntityUpdateMode.REPLACE, true, null, null));
  }

  @Override
  public int list(String partition) {
    String filter = "PartitionKey eq '" + partition + "' and RowKey ge 'c:' and RowKey lt 'c;'";
    int rows = 0;
    for (TableEntity row :
        table.listEntities(new ListEntitiesOptions().setFilter(filter), null, null)) {
      rows += row.getETag().isEmpty() ? 0 : 1;
    }
    return rows;
  }

  @Override
  public void createAll(List<ChainRow> rows) {
    table.submitTransaction(
        rows.stream()
            .map(
                row ->
                    new TableTransactionAction(
                        TableTransactionActionType.CREATE, codec.entity(row)))
            .toList());
  }

  /**
   * The SDK cuts the closing quote off; whoever sends it back by hand has to put it there again.
   */
  private static String etag(Response<Void> response) {
    return Etags.repaired(response.getHeaders().getValue(HttpHeaderName.ETAG));
  }
}
