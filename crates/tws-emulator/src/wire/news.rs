//! News.

/// A source.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct NewsProvider {
    #[prost(string, optional, tag = "1")]
    pub(crate) code: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub(crate) name: Option<String>,
}

/// The sources.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct NewsProviders {
    #[prost(message, repeated, tag = "1")]
    pub(crate) providers: Vec<NewsProvider>,
}

/// Asks for headlines about a contract.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HistoricalNewsRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub(crate) con_id: Option<i32>,
    #[prost(string, optional, tag = "3")]
    pub(crate) provider_codes: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) start: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(crate) end: Option<String>,
    #[prost(int32, optional, tag = "6")]
    pub(crate) total: Option<i32>,
}

/// One headline.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HistoricalNews {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) time: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) provider_code: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) article_id: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(crate) headline: Option<String>,
}

/// The headlines are complete.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct HistoricalNewsEnd {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(bool, optional, tag = "2")]
    pub(crate) has_more: Option<bool>,
}

/// Asks for a text.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct NewsArticleRequest {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub(crate) provider_code: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) article_id: Option<String>,
}

/// A text.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct NewsArticle {
    #[prost(int32, optional, tag = "1")]
    pub(crate) req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub(crate) kind: Option<i32>,
    #[prost(string, optional, tag = "3")]
    pub(crate) text: Option<String>,
}
