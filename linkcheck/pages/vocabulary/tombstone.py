"""Phrases of hosts for sites that were taken down."""

from __future__ import annotations

from linkcheck.pages.vocabulary import phrases, words

TOMBSTONES = phrases("""
account suspended|account has been suspended|this account has been suspended|account disabled
|account has been disabled|account terminated
|site suspended|this site has been suspended|this site is suspended|website suspended|this website has been suspended
|website is suspended
|this website is currently suspended|domain suspended|this domain has been suspended|hosting account suspended
|hosting suspended|service suspended
|this service has been suspended|blog has been removed|blog not found|this blog has been deleted
|this site has been deleted|this blog has been suspended
|this site is no longer available|this blog is no longer available|site has been disabled|site disabled
|this site has been disabled
|this site has been archived or suspended|site not found · github pages|site not found|no such app|nosuchbucket
|project not found|application not found
|app not found|application error: no such app|bandwidth limit exceeded|bandwidth exceeded|509 bandwidth limit exceeded
|this subdomain is not available
|web site has been taken down|this site has been taken down|this website has been taken down|site taken down
|domain expired|this domain has expired
|domain name expired|this domain name has expired|website expired|this website has expired|site expired
|subscription expired|hosting expired
|repository unavailable due to dmca takedown|this domain has been seized|domain seized|this project has been deleted
|site deleted|this service has been discontinued
|konto gesperrt|account gesperrt|dieses konto wurde gesperrt|website gesperrt|diese website wurde gesperrt
|diese seite wurde gesperrt|domain gesperrt|diese domain ist gesperrt
|seite gesperrt|webspace gesperrt|diese website ist gesperrt|dieser account wurde gesperrt|dieses blog wurde gelöscht
|webseite gesperrt|diese webseite wurde gesperrt|diese webseite ist gesperrt|website deaktiviert|webseite deaktiviert
|diese website wurde deaktiviert|diese webseite wurde deaktiviert|diese website ist deaktiviert|internetseite gesperrt
|website abgeschaltet|webseite abgeschaltet|internetpräsenz gesperrt|vertrag gekündigt
|diese präsenz ist gesperrt|diese domain ist abgelaufen|domain abgelaufen
|compte suspendu|ce compte a été suspendu|site suspendu|ce site a été suspendu|ce site est suspendu
|hébergement suspendu|domaine suspendu|ce blog a été supprimé|domaine expiré|ce domaine a expiré|site fermé
|cuenta suspendida|esta cuenta ha sido suspendida|sitio suspendido|sitio web suspendido|este sitio ha sido suspendido
|esta página ha sido suspendida|hosting suspendido|dominio suspendido
|dominio caducado|dominio expirado|este dominio ha expirado|página suspendida|servicio suspendido
|account sospeso|sito sospeso|questo sito è stato sospeso|questo account è stato sospeso|dominio sospeso
|dominio scaduto|il dominio è scaduto|servizio sospeso
|conta suspensa|esta conta foi suspensa|site suspenso|este site foi suspenso|site fora do ar|domínio suspenso
|domínio expirado|hospedagem suspensa
|account opgeschort|deze website is opgeschort|website geblokkeerd|dit account is geblokkeerd|website opgeheven
|domein verlopen|deze website is geblokkeerd
|konto zawieszone|strona zawieszona|konto zostało zawieszone|strona została zawieszona|domena wygasła
|usługa zawieszona|strona zablokowana|domena zablokowana|serwis zawieszony|ta strona została zawieszona
|аккаунт заблокирован|сайт заблокирован|сайт приостановлен|работа сайта приостановлена|аккаунт приостановлен
|хостинг приостановлен|домен заблокирован|срок регистрации домена истёк
|срок регистрации домена истек|сайт отключён|сайт отключен|обслуживание сайта приостановлено|блог удалён|блог удален
|действие хостинга приостановлено
|hesap askıya alındı|hesabınız askıya alındı|site askıya alındı|bu site askıya alınmıştır|hesap askıya alınmıştır
|alan adı süresi doldu|bu hesap askıya alındı
|该网站已被暂停|网站已暂停|账户已被暂停|网站已关闭|该站点已被关闭|站点已暂停|网站已过期|网站暂停访问|域名已过期
|域名已到期|该域名已过期|网站已到期|站点已停止|没有找到站点|网站被关闭|空间已到期|主机已到期|网站已停用|該網站已停用
|アカウントは停止されています|アカウントが停止|サイトは停止されています|このサイトは停止|ドメインの有効期限が切れ
|サービスは終了しました|このブログは削除|公開停止中|利用停止
|계정이 정지|사이트가 정지|계정이 일시 중지|사이트가 중지|도메인이 만료|사용이 중지된|서비스가 종료|접속이 차단
|계정이 중지
""")
"""Such phrases."""

TOMBSTONE_FILLER = words("""
this the a an site website web page is has been was your account error http 404 402 403 503 509 sorry oops currently
temporarily vorübergehend owner please contact
for more information support hosting provider billing department diese dieser die das der wurde ist cette ce le la est
a été este esta ha sido foi
questo questa deze dit is deze ten ta to zostało została ten данный этот эта был bu 该 此 已被 お使いの この 이 해당
""")
"""Words that may accompany them."""
