"""Phrases of domains for sale and of registrars' placeholders."""

from __future__ import annotations

from linkcheck.pages.vocabulary import phrases, words

SALE = phrases("""
domain for sale|domain is for sale|domain name for sale|domain name is for sale|this domain is for sale
|this domain may be for sale|this domain name is for sale
|the domain is for sale|domain may be for sale|domain name may be for sale|premium domain for sale
|domain is available for sale|domain name is available for purchase
|domain is available for purchase|domain available for purchase|this domain is available|buy this domain
|buy this domain name|purchase this domain|acquire this domain
|get this domain|own this domain|make an offer on this domain|inquire about this domain|domain is up for sale
|domain for sale by owner|interested in this domain
|this web address is for sale|lease this domain|want to buy this domain|would you like to buy this domain
|is listed for sale|domain is listed for sale|premium domain|premium domain name|brandable domain|domain for lease
|domain is for lease|domain available|domain is available|domain may be available|domain auction|domain broker
|diese domain steht zum verkauf|domain steht zum verkauf|domain zu verkaufen|diese domain ist zu verkaufen
|domain kaufen|diese domain kaufen|domain verkauf|domain zum verkauf
|diese domain kann gekauft werden|domainname zu verkaufen|diese domain ist käuflich
|diese domain könnte zum verkauf stehen|domain ist zu verkaufen
|ce nom de domaine est à vendre|ce domaine est à vendre|nom de domaine à vendre|domaine à vendre|acheter ce domaine
|acheter ce nom de domaine|le domaine est à vendre
|este dominio está en venta|este dominio está a la venta|dominio en venta|dominio a la venta|comprar este dominio
|compra este dominio|se vende este dominio|se vende dominio
|el dominio está en venta|dominio está en venta
|questo dominio è in vendita|dominio in vendita|acquista questo dominio|compra questo dominio|il dominio è in vendita
|vendesi dominio|dominio è in vendita
|este domínio está à venda|domínio à venda|domínio está à venda|comprar este domínio|compre este domínio
|vende-se este domínio
|dit domein is te koop|deze domeinnaam is te koop|domein te koop|domeinnaam te koop|koop dit domein
|koop deze domeinnaam|domein is te koop|domeinnaam is te koop
|ta domena jest na sprzedaż|domena na sprzedaż|domena jest na sprzedaż|kup tę domenę|kup domenę|sprzedam domenę
|этот домен продаётся|этот домен продается|домен продаётся|домен продается|домен выставлен на продажу
|купить этот домен|купить домен|продажа домена|продаётся домен|продается домен
|доменное имя продаётся|доменное имя продается
|bu alan adı satılıktır|bu alan adı satılık|alan adı satılıktır|satılık alan adı|satılık domain|bu domain satılıktır
|bu alan adını satın al
|tato doména je na prodej|doména na prodej|domänen är till salu|domænet er til salg|цей домен продається|eladó domain
|acest domeniu este de vânzare
|域名出售|域名正在出售|该域名正在出售|此域名出售|此域名正在出售|本域名出售|域名转让|该域名可出售|此域名可出售
|域名可能出售|您正在访问的域名可以转让|域名可以转让|购买此域名|购买该域名|网域出售|網域出售|此網域出售|域名待售
|このドメインは売り出し中|ドメインは販売中|ドメイン販売中|このドメインを購入|ドメイン売ります|ドメインをお譲り
|このドメインは販売|ドメインの購入
|이 도메인은 판매|도메인 판매|도메인 구매|도메인을 판매|이 도메인을 구입|도메인 매매
|tên miền này đang được bán|domain ini dijual|הדומיין למכירה|الدومين للبيع
""")
"""Phrases that offer the domain for sale."""

SALE_FILLER = words("""
this the a an is are it its you your now today www com net org io name domain domains premium perfect great secure get
own via by at hugedomains sedo dan afternic godaddy
namecheap offer make contact price buy inquire steht zum verkauf die der das hier jetzt ist ce nom est le la à el este
está en la il è o do het deze dit is te ta jest
этот домен на bu alan adı 该 此 本 您 可以 联系 この です 이
""")
"""Words that may accompany both."""

PARKED = phrases("""
this domain is parked|domain parked|parked domain|domain is parked|parked domain name|this domain is parked free
|domain parking|is parked free, courtesy of|this domain name is parked
|this domain has been registered|domain is registered|this domain is registered|this domain was recently registered
|domain has recently been registered|this domain name has been registered
|parked at|parked page|parked by|parkingpage|future home of|future home of something quite cool|this page is parked
|domain default page|default parking page|welcome to your new website
|default web site page|default website page|apache2 ubuntu default page|apache2 debian default page
|apache http server test page|test page for the apache http server|welcome to nginx
|iis windows server|web server's default page|default plesk page|this is the default web page for this server
|parked domain name on hostinger dns system
|diese domain ist bereits registriert|diese domain wurde registriert|diese domain wurde soeben registriert
|domain geparkt|diese domain ist geparkt|hier entsteht eine neue internetpräsenz
|hier entsteht eine neue webseite|hier entsteht eine neue website|diese domain wurde gerade registriert
|diese domain ist registriert|domain wurde registriert|geparkte domain
|ce domaine est enregistré|ce nom de domaine est enregistré|domaine parqué|domaine garé|ce domaine est parqué
|ce nom de domaine a été enregistré|félicitations ! votre domaine|ce domaine est réservé
|este dominio está registrado|dominio aparcado|dominio estacionado|este dominio ha sido registrado|dominio registrado
|página en construcción del dominio|este dominio está estacionado
|dominio parcheggiato|questo dominio è registrato|dominio registrato|questo dominio è stato registrato
|dominio in parcheggio
|domínio estacionado|este domínio está registrado|domínio registrado|este domínio foi registrado
|dit domein is geregistreerd|deze domeinnaam is geregistreerd|domein geparkeerd|dit domein is geparkeerd
|gereserveerd domein|deze domeinnaam is gereserveerd
|domena zaparkowana|ta domena jest zaparkowana|domena zarejestrowana|domena została zarejestrowana
|domena jest zaparkowana|strona zaparkowana|domena jest utrzymywana na serwerach
|домен припаркован|этот домен припаркован|домен зарегистрирован|домен не прилинкован|домен не привязан
|сайт создан, но ещё не наполнен|парковка домена|домен успешно зарегистрирован|припаркованный домен
|bu alan adı park edilmiştir|park edilmiş alan adı|bu alan adı tescil edilmiştir|alan adı park
|bu domain park edilmiştir|alan adı park edilmiş
|域名停放|该域名已被注册|此域名已被注册|域名已注册|域名已停放|該網域已被註冊|网域停放|域名未绑定|域名暂未绑定
|このドメインは取得されています|ドメインが取得されました|ドメインパーキング|ドメインを取得しました
|このドメインは登録されています|このドメインは、お名前.comで取得されています|お名前.comで取得
|도메인이 등록되어|도메인 파킹|주차된 도메인|도메인이 주차|등록된 도메인입니다
""")
"""Phrases of placeholders of registrars and servers."""

OFFERS = phrases("""
premium domain|premium domain name|brandable domain|make an offer|make offer|submit an offer|submit offer|place a bid
|minimum offer|buy now|buy it now|lease to own|lease-to-own|rent to own|monthly payments|payment plan|pay monthly
|asking price|listing price|get a price|get price|request price|price on request|ask for the price
|secure checkout|escrow|secure transfer|domain transfer|transfer the domain|domain broker|domain brokerage
|domain is for sale|domain name is for sale|for sale|inquire about|contact the owner|contact seller|seller
|buyer protection|money-back guarantee|domain ownership|own this domain|acquire this domain|get this domain
|angebot machen|angebot abgeben|gebot abgeben|sofort kaufen|mietkauf|ratenzahlung|kaufpreis|preis anfragen|treuhandservice
|treuhänder|domain kaufen|steht zum verkauf|käuferschutz|premium-domain|domaintransfer
|faire une offre|acheter maintenant|achat immédiat|location-vente|paiement mensuel|prix de vente|demander un prix|est à vendre
|domaine premium|tiers de confiance
|hacer una oferta|haz una oferta|comprar ahora|alquiler con opción|pagos mensuales|precio de venta|se vende
|dominio premium|solicitar precio
|fai un'offerta|fare un'offerta|acquista ora|compra ora|pagamento mensile|prezzo di vendita|in vendita|dominio premium
|fazer uma oferta|faça uma oferta|comprar agora|parcelamento|preço de venda|à venda|domínio premium
|doe een bod|bod uitbrengen|nu kopen|huurkoop|vraagprijs|te koop|premium domein
|złóż ofertę|kup teraz|jest na sprzedaż|cena sprzedaży|domena premium|сделать предложение|предложить цену|купить сейчас|купить домен
|в рассрочку|цена домена|продаётся|продается|премиум домен|премиум-домен|teklif ver|hemen satın al|satılık|premium alan adı
|立即购买|我要报价|提交报价|出价|一口价|域名出售|域名转让|中介交易|精品域名|今すぐ購入|オファー|入札|即決価格
|구매하기|제안하기|판매 중|판매중
""")
"""Phrases of a page that sells a domain; a page needs several, and to speak of a domain."""

DOMAIN = phrases("""
domain|domains|domain name|domain names|ce domaine|le domaine|votre domaine|nom de domaine|dominio|domínio|domein|domeinnaam|domena|domeny
|домен|домена|доменное имя|alan adı|alan adını|域名|網域|ドメイン|도메인|doména|domän|domæne
""")
"""Words for a domain."""

ADS = phrases("""
related searches|sponsored listings|sponsored links|sponsored results|related topics
|ähnliche suchanfragen|verwandte suchanfragen|verwandte suchbegriffe|gesponserte links|gesponserte anzeigen
|recherches associées|recherches liées|recherches apparentées|liens sponsorisés|liens commerciaux
|búsquedas relacionadas|enlaces patrocinados|ricerche correlate|link sponsorizzati|pesquisas relacionadas
|links patrocinados|gerelateerde zoekopdrachten|gesponsorde links|podobne wyszukiwania|linki sponsorowane
|похожие запросы|похожие поисковые запросы|спонсорские ссылки|ilgili aramalar|sponsorlu bağlantılar
|相关搜索|赞助商链接|関連検索|スポンサーリンク|관련 검색|스폰서 링크
""")
"""Headings of the advertisements on a parked domain."""
