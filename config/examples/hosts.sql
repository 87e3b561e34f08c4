-- The table of the sink sql, for PostgreSQL 12 or later.
--
-- The sink writes id, epoch, generation, revision, event, event_time and host. Every other column computes itself from
-- host, the whole message: add those that you need, leave out those that you do not.

CREATE FUNCTION host_texts(list jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ARRAY(SELECT jsonb_array_elements_text(list)) $$;

CREATE TABLE hosts (
  id           text        PRIMARY KEY,
  epoch        text        NOT NULL COLLATE "C",
  generation   bigint      NOT NULL,
  revision     bigint      NOT NULL,
  event        text        NOT NULL,
  event_time   timestamptz NOT NULL,
  host         jsonb       NOT NULL,

  mac          macaddr     GENERATED ALWAYS AS ((host ->> 'mac')::macaddr) STORED,
  hostname     text        GENERATED ALWAYS AS (host ->> 'hostname') STORED,
  ip_addresses inet[]      GENERATED ALWAYS AS (host_texts(host -> 'ip_addresses')::inet[]) STORED,
  cluster      text        GENERATED ALWAYS AS (host #>> '{proxmox,cluster}') STORED,
  node         text        GENERATED ALWAYS AS (host #>> '{proxmox,node}') STORED,
  type         text        GENERATED ALWAYS AS (host #>> '{proxmox,type}') STORED,
  vmid         bigint      GENERATED ALWAYS AS ((host #>> '{proxmox,vmid}')::bigint) STORED,
  status       text        GENERATED ALWAYS AS (host #>> '{proxmox,status}') STORED,
  tags         text[]      GENERATED ALWAYS AS (host_texts(host #> '{proxmox,tags}')) STORED
);

CREATE INDEX hosts_mac ON hosts (mac);
CREATE INDEX hosts_ip_addresses ON hosts USING gin (ip_addresses);
