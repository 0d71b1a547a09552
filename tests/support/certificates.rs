//! Certificates for servers of tests, made when they are needed.
#![expect(clippy::unwrap_used, reason = "a certificate that cannot be made fails its test")]

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod, KeyUsagePurpose,
    PublicKeyData, SanType, SerialNumber, SignatureAlgorithm, SigningKey, date_time_ymd,
};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// Holds a key pair.
struct Key {
    pair: EcdsaKeyPair,
    packed: Vec<u8>,
}

impl Key {
    fn new() -> Self {
        let random = SystemRandom::new();
        let packed = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let packed = packed.as_ref().to_vec();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &packed, &random).unwrap();
        Self { pair, packed }
    }
}

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

impl SigningKey for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let signature = self.pair.sign(&SystemRandom::new(), message).map_err(|_| rcgen::Error::RemoteKeyError)?;
        Ok(signature.as_ref().to_vec())
    }
}

/// Issues certificates.
pub struct Authority {
    issuer: Issuer<'static, Key>,
    certificate: Vec<u8>,
}

/// Returns the parameters of a certificate of this name, valid in these years.
fn parameters(name: &str, years: (i32, i32)) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.serial_number = Some(SerialNumber::from(7_u64));
    parameters.key_identifier_method = KeyIdMethod::PreSpecified(name.bytes().collect());
    parameters.not_before = date_time_ymd(years.0, 1, 1);
    parameters.not_after = date_time_ymd(years.1, 1, 1);
    parameters
}

impl Authority {
    /// Makes an authority of this name.
    pub fn new(name: &str) -> Self {
        let mut parameters = parameters(name, (2000, 2090));
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = Key::new();
        let certificate = parameters.self_signed(&key).unwrap().der().to_vec();
        Self { issuer: Issuer::new(parameters, key), certificate }
    }

    /// Returns the certificate of the authority as a file of PEM holds it.
    pub fn pem(&self) -> String {
        let lines = base64(&self.certificate);
        format!("-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n")
    }

    /// Returns what a server of this host needs, with a certificate that is valid in these years.
    pub fn server(&self, host: &str, years: (i32, i32)) -> ServerConfig {
        let mut parameters = parameters(host, years);
        parameters.subject_alt_names = vec![SanType::DnsName(host.try_into().unwrap())];
        let key = Key::new();
        let certificate = parameters.signed_by(&key, &self.issuer).unwrap();
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.packed));
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap()
    }
}

/// Encodes bytes as base64, in lines.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for line in bytes.chunks(48) {
        for group in line.chunks(3) {
            let number =
                group.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte)) << (8 * (3 - group.len()));
            for place in 0..4 {
                let letter = char::from(LETTERS[number >> (18 - 6 * place) & 63]);
                encoded.push(if place > group.len() { '=' } else { letter });
            }
        }
        encoded.push('\n');
    }
    encoded
}
