package dev.portcullis.console.evidence;

/// The key that archives are signed with, without its secret.
///
/// @param keyId the name of the key
/// @param pem its public half
/// @param kept whether it is in a file, and the same after the next start; otherwise nobody can know it beforehand
public record EvidenceKey(String keyId, String pem, boolean kept) {}
