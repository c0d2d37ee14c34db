package dev.portcullis.proxy.server;

import dev.portcullis.proxy.address.ClientAddresses;
import dev.portcullis.proxy.audit.AuditTrail;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.exchange.AdmissionFlow;
import dev.portcullis.proxy.exchange.AskedFacts;
import dev.portcullis.proxy.exchange.Bindings;
import dev.portcullis.proxy.exchange.ServerMessages;
import dev.portcullis.proxy.http.CrossOrigin;
import dev.portcullis.proxy.oauth.Challenges;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import dev.portcullis.proxy.upstream.Forwarder;

import java.time.Clock;

/// What every exchange of a replica uses. Safe for all event loops.
public record ExchangeServices(
        Limits limits,
        ClientAddresses addresses,
        CrossOrigin crossOrigin,
        AdmissionFlow admission,
        ServerMessages messages,
        Bindings bindings,
        Challenges challenges,
        Forwarder forwarder,
        AuditTrail audit,
        AskedFacts asked,
        OpenExchanges exchanges,
        ProxyMetrics metrics,
        Clock clock) {}
